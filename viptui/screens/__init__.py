"""The screens: they ask the services, hand rows to widgets, and answer keys."""
