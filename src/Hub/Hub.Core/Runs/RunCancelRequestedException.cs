namespace Hub.Core;

/// <summary>Somebody asked the store to cancel this run.</summary>
internal sealed class RunCancelRequestedException() : OperationCanceledException("The run was cancelled.");
