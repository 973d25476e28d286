"""What every process that reads files needs, loaded once before these start: the model that tells languages, above all.

They are forked from the process that imports this, and share its memory (see FileWorkers).
"""

from retrieval.documents.parsing import parse_document

parse_document("first.txt", b"A first file is read.")
