namespace Toolkit.Examples;

/// <summary>Options of types that have none.</summary>
public sealed class NoOptions;
