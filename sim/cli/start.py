"""Where the program begins: signals are taken before anything else is loaded."""

from sim.batch.workers.interrupt import take_signals


def start() -> None:
    """Run the command that the command line asks for."""
    take_signals()
    try:
        from sim.cli.main import main
    except KeyboardInterrupt:
        raise SystemExit(_stopped()) from None
    main()


def _stopped() -> int:
    """Say that the program was stopped while it was being loaded; gives the exit code."""
    import os

    from sim.batch.workers.interrupt import Stopped, stopped_with

    os.write(2, b"stopped\n")
    return stopped_with() or Stopped.exit_code
