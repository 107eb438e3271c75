"""What a lesson shows: settings in, one outcome table out; one file a topic."""
