namespace Knowledge.Sparql;

/// <summary>Corrects what is expected of patterns with one variable by what other patterns say about the values that it can have.</summary>
/// <remarks>
/// <c>?x a :Course</c> holds for a tenth of all nodes, and for all of the few that <c>?y :teaches ?x</c> gives. So its share is taken of the smallest set of values that a pattern
/// of the group allows the variable (values of the smaller set lie in the larger one: Selinger et al. 1979), not of all subjects of the predicate.
/// </remarks>
internal static class VariableDomains
{
    /// <summary>Corrects the triple patterns of a group.</summary>
    public static void Apply(List<JoinElement> elements)
    {
        var domains = new Dictionary<int, double>();
        foreach (var scan in elements.OfType<ScanElement>())
        {
            var (subject, @object) = (scan.Shape.Subject, scan.Shape.Object);
            if (!scan.Shape.Predicate.IsConstant || subject.IsConstant || @object.IsConstant)
                continue;
            domains[subject.Slot] = Math.Min(scan.Counts.Subjects, domains.GetValueOrDefault(subject.Slot, double.MaxValue));
            domains[@object.Slot] = Math.Min(scan.Counts.Objects, domains.GetValueOrDefault(@object.Slot, double.MaxValue));
        }

        for (var i = 0; i < elements.Count && domains.Count > 0; i++)
        {
            if (elements[i] is not ScanElement { Shape.Predicate.IsConstant: true } scan || scan.Shape.Subject.IsConstant == scan.Shape.Object.IsConstant)
                continue;
            var slot = scan.Shape.Subject.IsConstant ? scan.Shape.Object.Slot : scan.Shape.Subject.Slot;
            if (domains.TryGetValue(slot, out var domain))
                elements[i] = scan.Of(domain);
        }
    }
}
