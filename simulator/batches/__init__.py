"""Many scenarios: files, the rows of a table, a grid; answered by processes or a cluster into one database.

sources --> jobs --chunks--> workers --answers--> results.sqlite --> export, summary

`run.batch` is the call, `job` a question and its key, `results` what is kept. docs/batch.md tells how to
use it and has the schema.
"""
