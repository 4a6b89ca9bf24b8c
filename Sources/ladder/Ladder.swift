import ArgumentParser

/// The program's entry point.
@main
struct Ladder: ParsableCommand {}
