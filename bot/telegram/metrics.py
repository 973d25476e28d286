"""What the bot counts, for Prometheus; the library itself adds the memory, the files and the time of the process."""

from prometheus_client import Counter, Gauge, Histogram

QUESTIONS = Counter("kutip_questions", "Questions that were answered, by whether the documents answer.", ["found"])
SECONDS = Histogram(
    "kutip_answer_seconds",
    "From the moment that a question is taken up until its answer is sent.",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60),
)
WAITING = Gauge("kutip_updates_waiting", "Updates that have come and are not dealt with.")
FAILED = Counter("kutip_updates_failed", "Updates that could not be handled; the log says why.")
SENT_AGAIN = Counter("kutip_sent_again", "Tries after one that failed, by why it did.", ["why"])
UNWRITTEN = Gauge("kutip_database_unwritten", "Changes that wait until the database can be written.")
SILENCE = Gauge("kutip_telegram_silence_seconds", "Since Telegram was heard of last; -1 before the first time.")
DOCUMENTS = Gauge("kutip_documents", "Documents in the index that answers.")
PASSAGES = Gauge("kutip_passages", "Passages in the index that answers.")
TASKS = Gauge("kutip_tasks", "Tasks of the event loop.")
