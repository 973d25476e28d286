"""Files -> documents: their texts, and sentences with exact offsets."""
