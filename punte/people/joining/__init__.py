"""Two files of one person: what hangs on them, who may see both, and the way from the joined file to the kept one."""
