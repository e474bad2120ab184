"""Draw a workflow's table as a Mermaid state diagram, for the documentation."""

from collections.abc import Mapping

from .workflow import Workflow


def mermaid(flow: Workflow, *, start: str, labels: Mapping[str, object] | None = None) -> str:
    """Return the diagram of `flow` from its first state, with the states' words where given."""
    words = labels or {}
    states = list(dict.fromkeys((start, *flow.states)))
    ends = [state for state in states if not any(state in t.sources for t in flow.transitions)]
    lines = ["stateDiagram-v2"]
    lines += [f"    {state}: {words[state]}" for state in states if state in words]
    lines.append(f"    [*] --> {start}")
    for step in flow.transitions:
        lines += [
            f"    {source} --> {step.target}: {step.label}" for source in sorted(step.sources)
        ]
    lines += [f"    {state} --> [*]" for state in ends]
    return "\n".join(lines) + "\n"
