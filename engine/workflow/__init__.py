"""The diagram at work: reads BPMN, refuses what cannot be done right, and moves an instance step by step.

This floor is pure: no database, no clock, no network. It is also the only door to SpiffWorkflow.
"""
