namespace Hub.Nano.Tasks;

/// <summary>What a tool of a task does.</summary>
public enum Operation
{
    /// <summary>Adds.</summary>
    Add,

    /// <summary>Subtracts.</summary>
    Subtract,

    /// <summary>Multiplies.</summary>
    Multiply,

    /// <summary>Divides.</summary>
    Divide,

    /// <summary>Compares two numbers.</summary>
    Compare,

    /// <summary>Tells date and time.</summary>
    Now,

    /// <summary>Tells the time zone.</summary>
    TimeZone,

    /// <summary>Reads one field of a row of a table.</summary>
    Lookup,

    /// <summary>Something else, that no question needs.</summary>
    Distractor,
}
