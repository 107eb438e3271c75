"""What a platform can set: policies, their programmes, scenario files."""
