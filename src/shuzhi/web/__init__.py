"""The shell: settings, layout, navigation, home and work list, big screen, command line.

Composes the rooms below into what a person meets; holds no rule of its own.
"""
