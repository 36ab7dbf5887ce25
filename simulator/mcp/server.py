"""The server: calls come on standard input, answers go to standard output, by the protocol's own library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.mcp.told import told
from simulator.mcp.tools import TOOLS, answered
from simulator.notation.letters import visible
from simulator.notation.mistakes import SHOWN, Mistakes, dotted
from simulator.refusal import Refused
from simulator.version import __version__

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp_types import CallToolResult

EXTRA = "this needs the extra mcp: pip install 'mbdr-simulator[mcp]'"

INSTRUCTIONS = """\
How often to convert in a mega backdoor Roth, and what waiting costs. A scenario is YAML, for instance:
name: Emily, 28
years: 2025
birth_year: 1997
pay: {salary: 200_000, frequency: biweekly, first_pay_date: 2025-01-03}
elections: {pre_tax: 12%, after_tax: 10%}
taxes: {federal: 32%, state: 9.3%}
Give it as `scenario`, or name its file as `file`. `check` says what is wrong with it, `schema` what else it
takes. Amounts are dollars. What was `assumed` stands beside each answer: tell it, and ask where it matters.
What is null is not known: do not guess it."""


class NoProtocol(Refused):
    """The extra that speaks the protocol is not installed."""


def demand_protocol() -> None:
    """Raises `NoProtocol` where the extra `mcp` is not installed."""
    try:
        import mcp.server.lowlevel  # noqa: F401
    except ImportError as error:
        raise NoProtocol(EXTRA) from error


def server() -> Server[Any]:
    """The server with all tools.

    Raises:
        NoProtocol: The extra `mcp` is not installed.
    """
    demand_protocol()
    import mcp_types as types
    from anyio import CapacityLimiter
    from anyio.to_thread import run_sync
    from mcp.server.lowlevel import Server

    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    tools = [
        types.Tool(
            name=name,
            description=tool.words,
            input_schema=tool.asks.model_json_schema(by_alias=True),
            annotations=hints,
        )
        for name, tool in TOOLS.items()
    ]
    one_by_one = CapacityLimiter(1)

    async def on_list_tools(_: object, __: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def on_call_tool(_: object, call: types.CallToolRequestParams) -> CallToolResult:
        return await run_sync(result, call.name, call.arguments or {}, limiter=one_by_one)

    return Server(
        "mbdr",
        version=__version__,
        title="The mega backdoor Roth, simulated",
        instructions=INSTRUCTIONS,
        on_list_tools=on_list_tools,
        on_call_tool=on_call_tool,
    )


def result(name: str, arguments: object) -> CallToolResult:
    """What a call comes to; what is wrong with it is an answer too."""
    try:
        return _result(told(answered(name, arguments)))
    except Mistakes as mistakes:
        records = [
            {
                "path": dotted(one.path),
                "line": one.place.line,
                "column": one.place.column,
                "words": one.message,
            }
            for one in mistakes.mistakes[:SHOWN]
        ]
        more = mistakes.more + max(0, len(mistakes.mistakes) - SHOWN)
        return _result({"mistakes": records, "more": more}, str(mistakes))
    except MemoryError as error:
        words = str(error).rstrip(".") or "there is not enough memory"
        return _result({"refused": words}, f"{words}; set returns.paths to fewer")
    except Refused as refused:
        return _result({"refused": str(refused)}, str(refused))


def _result(record: dict[str, Any], wrong: str = "") -> CallToolResult:
    """An answer as the protocol has it: as values, and the same as a text that steers no terminal."""
    from mcp_types import CallToolResult, TextContent

    lines = "\n".join(map(visible, wrong.split("\n")))
    text = lines if wrong else json.dumps(record, allow_nan=False)
    return CallToolResult(
        content=[TextContent(type="text", text=text)],
        structured_content=record,
        is_error=bool(wrong),
    )


def serve() -> None:
    """Answers calls until standard input ends.

    Raises:
        NoProtocol: The extra `mcp` is not installed.
    """
    serving = server()
    import anyio
    from mcp.server.stdio import stdio_server

    async def run() -> None:
        async with stdio_server() as (calls, answers):
            await serving.run(calls, answers, serving.create_initialization_options())

    anyio.run(run)
