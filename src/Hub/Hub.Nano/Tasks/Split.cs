namespace Hub.Nano.Tasks;

/// <summary>Which side of the fence a question is drawn from.</summary>
public enum Split
{
    /// <summary>No reserved wording, no held-out number.</summary>
    Training,

    /// <summary>No reserved wording, at least one held-out number where there are numbers.</summary>
    Seen,

    /// <summary>At least one reserved wording and, where there are numbers, one held-out number.</summary>
    Reserved,
}
