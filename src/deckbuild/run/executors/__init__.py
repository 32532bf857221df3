"""Programs run on other processes and machines, behind `concurrent.futures.Executor`.

Goes in: requests. Comes out: an Outcome for every job of them, whatever becomes of the workers. What travels is text: a unit
there, JSON back; the cache, the two runs and their comparison, and the repair stay with the build.

find     the name of an executor -> the executor
unit     what travels, there and back
work     what a worker does with a unit: its own warm, confined process runs it
remote   the build's end: sends, waits, sends again what was lost
"""
