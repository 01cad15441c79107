namespace Knowledge.Rdf.Canonical;

/// <summary>All orders of a few items, in lexicographic order of their places.</summary>
internal static class Permutations
{
    /// <param name="items">Items; equal ones count as different.</param>
    /// <returns>The same array again and again, in another order each time.</returns>
    public static IEnumerable<string[]> Of(IReadOnlyList<string> items)
    {
        var places = Enumerable.Range(0, items.Count).ToArray();
        var current = items.ToArray();
        while (true)
        {
            yield return current;
            var rise = places.Length - 2;
            while (rise >= 0 && places[rise] > places[rise + 1])
                rise--;
            if (rise < 0)
                yield break;
            var next = places.Length - 1;
            while (places[next] < places[rise])
                next--;
            (places[rise], places[next]) = (places[next], places[rise]);
            Array.Reverse(places, rise + 1, places.Length - rise - 1);
            for (var at = 0; at < places.Length; at++)
                current[at] = items[places[at]];
        }
    }
}
