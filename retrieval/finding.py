"""Find the sentences that may answer: retrieve passages, read them, put right what reading cannot know."""

from collections.abc import Sequence
from itertools import zip_longest

from retrieval.answers.corrections import without_withdrawn
from retrieval.answers.pasting import pasted_only
from retrieval.answers.table_cells import looked_up
from retrieval.embedding.embedder import Embedder
from retrieval.index.protocols import Index
from retrieval.reading.reader import Reader
from retrieval.reading.similarity import SimilarityReader
from retrieval.retriever import Retriever
from retrieval.values import Question, Reading

READ_PASSAGES = 3
READ_FURTHER = 2
"""How many passages are read, and how many more of the documents that they stand in.

More of any document bring nothing more: on the dev sets, the same share of right sentences with 5 and 8. But far down
in an article "he" says what is asked of a minister: of 80 questions about news pages 51 have the right sentence first,
without the further passages 48 (benchmarks/news.py).
"""
READ_ACROSS = 5  # where languages are crossed: the right sentence is read for 66 of 70 (benchmarks/crossing.py)


class Finder:
    """Finds in one index; may be used by several threads at once."""

    def __init__(self, index: Index, embedder: Embedder, reader: Reader) -> None:
        self._index = index
        self._embedder = embedder
        self._retriever = Retriever(index)
        self._reader = reader

    def find(self, questions: Sequence[str], documents: Sequence[int | None] = ()) -> list[list[Reading]]:
        """Return each question's readings, best first, whatever the threshold; where it is a sentence, only that.

        `documents` has for each the number of the document where it is looked for, if it is just one.
        """
        texts = list(dict.fromkeys(questions))  # a follow-up is looked for in two places
        vectors = dict(zip(texts, self._embedder.embed_questions(texts), strict=True))
        asked = [Question(text, vectors[text]) for text in questions]
        count = READ_ACROSS if self._embedder.multilingual else READ_PASSAGES
        hits = [
            self._retriever.retrieve([one], count=count, further=READ_FURTHER)[0]
            if document is None
            else self._retriever.retrieve_of(one, document, count=count)
            for one, document in zip_longest(asked, documents)
        ]
        readings = self._reader.read(asked, hits)
        said = map(without_withdrawn, readings)
        return [pasted_only(text, looked_up(text, found)) for text, found in zip(questions, said, strict=True)]

    def find_quickly(self, question: str) -> list[Reading]:
        """Return a question's readings by similarity alone, best first: quicker, and less often right."""
        asked = [Question(question, self._embedder.embed_questions([question])[0])]
        hits = self._retriever.retrieve(asked, count=READ_PASSAGES)
        [readings] = SimilarityReader(self._embedder, self._index.words).read(asked, hits)
        return pasted_only(question, readings)
