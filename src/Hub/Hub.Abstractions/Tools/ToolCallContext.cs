namespace Hub.Abstractions;

/// <summary>What a tool may know of the call that it serves.</summary>
/// <param name="Key">Idempotency key: the same on every attempt of this call, different from every other call's.</param>
/// <param name="Run">Header of the run: conversation, user, tenant.</param>
/// <param name="IsRedo">True where an earlier attempt may have acted already.</param>
public sealed record ToolCallContext(string Key, RunHeader Run, bool IsRedo);
