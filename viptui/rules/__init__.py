"""The programme's rules as pure functions: facts, today and policy in, decision out."""
