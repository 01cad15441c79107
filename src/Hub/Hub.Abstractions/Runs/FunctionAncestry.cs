namespace Hub.Abstractions;

/// <summary>The function within which an event happened, and that function's caller.</summary>
/// <param name="FunctionId">Path of the innermost named scope; <c>root</c> for the run itself.</param>
/// <param name="FunctionName">Its name.</param>
/// <param name="ParentId">Path of the scope around it, or null.</param>
/// <param name="ParentName">Name of the scope around it, or null.</param>
public sealed record FunctionAncestry(string FunctionId, string FunctionName, string? ParentId = null, string? ParentName = null);
