"""The commands of `lapak`, each thin: what it does stands in `manage`, `app` or `rehearse`, and is
imported only when it is wanted, so that `lapak --help` is there at once.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from queue_server.manage import cli_branch, cli_devices, cli_hall, cli_people, cli_store
from queue_server.manage.cli import Data, in_sentences, new_app, settings_of, warn
from queue_server.rehearse.cli import rehearse

if TYPE_CHECKING:
    from queue_server.settings import Settings

ANYWHERE = "0.0.0.0"  # noqa: S104 - only where somebody asks for it

app = new_app("A branch's queue: numbers by QR, called live on phone, desk and lobby board.")
app.command()(cli_branch.init)
app.command()(cli_branch.configure)
app.add_typer(cli_people.accounts, name="account")
app.add_typer(cli_people.tokens, name="token")
app.add_typer(cli_devices.devices, name="device")
app.command()(cli_hall.poster)
app.add_typer(cli_hall.keys, name="key")
app.command()(cli_store.verify)
app.command()(cli_store.backup)
app.command()(cli_store.restore)
app.command()(cli_store.export)
app.command()(rehearse)

Host = Annotated[str | None, typer.Option(help="Address to bind (127.0.0.1).", show_default=False)]
Port = Annotated[int | None, typer.Option(help="Port to bind (8000).", show_default=False)]


@app.command()
@in_sentences
def serve(
    host: Host = None,
    port: Port = None,
    data: Data = None,
    database: Annotated[
        str | None, typer.Option(help="SQLAlchemy URL of the log; else SQLite in the data folder.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Serve the demo branch.")] = False,
    tls_cert: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Certificate chain, PEM.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Its private key, PEM.")
    ] = None,
) -> None:
    """Serve all branches of a data folder.

    Until stopped by Ctrl-C or SIGTERM, which takes seconds and loses nothing. SIGHUP reads the
    certificates and limits of lapak.toml again, nobody cut.

    Example: lapak serve --data /var/lib/lapak --port 8000
    """
    _start_without_collecting()
    from queue_server import app as server

    folder = _demo_folder(data, demo)
    read = functools.partial(
        settings_of, host=host, port=port, data=folder, database=database, demo=demo or None
    )
    settings = read()
    if tls_cert:
        settings = _encrypted(settings, tls_cert, tls_key)
    raise typer.Exit(server.run(settings, tls_cert=tls_cert, tls_key=tls_key, settings_again=read))


@app.command()
@in_sentences
def demo(
    port: Port = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="Its data folder (demo-data in the checkout).")
    ] = None,
    host: Host = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="Let phones in: bind the network, show a QR.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No rehearsal: the day open and still.")
    ] = False,
) -> None:
    """Serve the demo, and say where everything is.

    A slow rehearsal keeps its branch alive; desk 1 and officer1 are left to you.

    Example: lapak demo --lan
    """
    _start_without_collecting()
    from queue_server import app as server
    from queue_server.manage.companion import Companion

    settings = settings_of(
        host=ANYWHERE if lan and host is None else host,
        port=port,
        data=_demo_folder(data, demo=True),
        demo=True,
    )
    if settings.host == ANYWHERE and settings.public_url is None:
        settings = settings.model_copy(update={"public_url": _lan_url(settings)})
    with Companion(settings, quiet=quiet):
        status = server.run(settings)
    raise typer.Exit(status)


@app.command()
@in_sentences
def replay(
    file: Annotated[Path, typer.Argument(help="JSON lines; - reads standard input.")],
) -> None:
    """Play commands on the rules alone.

    JSON lines in, one JSON answer a command out; docs/calling.md tells the format.

    Example: lapak replay morning.jsonl
    """
    from queue_server.manage.replay import main as play

    raise typer.Exit(play(file))


def _start_without_collecting() -> None:
    """Importing makes next to no garbage; looking for it was an eighth of the time until the server
    answers. `serving.server` collects again once it serves.
    """
    import gc

    gc.disable()


def _demo_folder(data: Path | None, demo: bool) -> Path | None:
    import os

    if data is not None or not demo or "LAPAK_DATA" in os.environ:
        return data
    from queue_server.manage.demo import default_folder

    return default_folder()


def _encrypted(settings: Settings, cert: Path, key: Path | None) -> Settings:
    """The settings of a server that does TLS itself. Raises `Sorry` for what is no certificate."""
    import ssl

    from queue_server.manage.sentences import Sorry

    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)
    except ssl.SSLError:
        raise Sorry(
            f"{cert} and its key (--tls-key) do not fit each other, or are no PEM files."
        ) from None
    if settings.public_url is not None:
        return settings
    address = settings.address().replace("http:", "https:", 1)
    return settings.model_copy(update={"public_url": address})


def _lan_url(settings: Settings) -> str:
    """What phones in the same network open."""
    from queue_server.manage.companion import lan_address

    address = lan_address()
    if address is None:
        warn("This machine has no network that a phone could share; serving it alone.")
        return settings.address()
    return f"http://{address}:{settings.port}"


def main() -> None:
    """What `lapak` and `python -m queue_server` run."""
    app(prog_name="lapak")


if __name__ == "__main__":
    main()
