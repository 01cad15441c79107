namespace Backends.Training;

/// <summary>How the learning rate falls after its warm-up.</summary>
public enum ScheduleShape
{
    /// <summary>Held, then linear to the floor.</summary>
    Trapezoid,

    /// <summary>Half a cosine to the floor.</summary>
    Cosine,
}
