"""The kinds of claims: each module has the recogniser, the test and the judge of one."""
