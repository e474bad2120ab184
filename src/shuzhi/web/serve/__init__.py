"""`shuzhi serve`: the web server and the task worker under one parent.

The parent stays light (no Django): it starts children, restarts the dead, stops all in seconds.
"""
