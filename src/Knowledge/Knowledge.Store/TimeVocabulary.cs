namespace Knowledge.Store;

/// <summary>IRIs with which a dump says when its statements hold and since when that is known; they are properties of RDF 1.2 reifiers.</summary>
public static class TimeVocabulary
{
    /// <summary>The vocabulary's own IRI.</summary>
    public const string Namespace = "urn:knowledge:time#";

    /// <summary>First time at which the reified statement is so, an <c>xsd:dateTime</c>; left out where no beginning is known.</summary>
    public const string ValidFrom = Namespace + "validFrom";

    /// <summary>First time at which the reified statement is not so any more, an <c>xsd:dateTime</c>; left out where no end is known.</summary>
    public const string ValidTo = Namespace + "validTo";

    /// <summary>Time of the transaction since which this is believed, an <c>xsd:dateTime</c>.</summary>
    public const string KnownFrom = Namespace + "knownFrom";
}
