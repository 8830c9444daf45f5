"""What people read, and what makes the pictures in it."""
