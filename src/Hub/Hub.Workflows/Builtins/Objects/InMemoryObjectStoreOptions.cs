using System.ComponentModel.DataAnnotations;

namespace Hub.Workflows.Builtins.Objects;

/// <summary>Options of the object store <c>in_memory</c>: objects live as long as the hub.</summary>
public sealed class InMemoryObjectStoreOptions
{
    /// <summary>Bytes of all objects together.</summary>
    [Range(1L, 1L << 40)]
    public long MaxBytes { get; set; } = 1L << 28;
}
