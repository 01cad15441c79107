namespace Toolkit.Examples;

/// <summary>Advice by keyword.</summary>
internal static class Advisors
{
    private static readonly (string Word, string Advice)[] s_fruits = [("yellow", "banana"), ("red", "apple"), ("green", "pear")];

    private static readonly (string Word, string Advice)[] s_cities =
        [("united states", "New York"), ("united kingdom", "London"), ("canada", "Toronto"), ("australia", "Sydney"), ("india", "Mumbai")];

    private static readonly (string Word, string Advice)[] s_works = [("shakespeare", "Hamlet"), ("dante", "The Divine Comedy"), ("milton", "Paradise Lost")];

    public static string Fruit(string input) => Advise(s_fruits, input, "fruit");

    public static string City(string input) => Advise(s_cities, input, "city");

    public static string Literature(string input) => Advise(s_works, input, "literature");

    private static string Advise((string Word, string Advice)[] known, string input, string what) =>
        Array.Find(known, k => input.Contains(k.Word, StringComparison.OrdinalIgnoreCase)).Advice ?? $"I don't know what {what} you are talking about";
}
