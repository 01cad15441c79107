using System.Globalization;

namespace Hub.Nano.Tasks;

/// <summary>One question being made: which wordings it has taken, and which numbers.</summary>
internal sealed class Draft(NanoRandom random, Split split)
{
    private const int ReservedOneIn = 6;
    private const int HeldOneIn = 8;
    private readonly List<string> _atoms = [];

    public NanoRandom Random => random;

    public Split Split => split;

    public bool HasReserved { get; private set; }

    public bool HasHeldValue { get; private set; }

    public bool HasValue { get; private set; }

    public string Frame => string.Join(" | ", _atoms);

    /// <summary>Whether a wording is kept out of training.</summary>
    public static bool IsReserved(string slot, string wording) => NanoRandom.Hash($"{slot}:{wording}") % ReservedOneIn == 0;

    /// <summary>Whether a number or a name is kept out of training.</summary>
    public static bool IsHeld(string number) => number.Length >= 2 && NanoRandom.Hash($"n{number}") % HeldOneIn == 0 && number is not ("10" or "11" or "12");

    /// <summary>A wording for a slot, from the side of the split.</summary>
    public string Atom(string slot, IReadOnlyList<string> wordings)
    {
        var reserved = split == Split.Reserved && random.Chance(0.6);
        string[] fitting = [.. wordings.Where(w => IsReserved(slot, w) == reserved)];
        if (fitting.Length == 0)
        {
            fitting = [.. wordings.Where(w => !IsReserved(slot, w))];
            reserved = false;
        }

        var wording = random.Pick(fitting);
        HasReserved |= reserved;
        _atoms.Add(wording);
        return wording;
    }

    /// <summary>A number that training may see, or any number in an evaluation.</summary>
    public double Number(Func<double> draw)
    {
        while (true)
        {
            var number = draw();
            var held = IsHeld(Calculator.Text(Math.Abs(number)));
            if (held && split == Split.Training)
                continue;
            HasValue = true;
            HasHeldValue |= held;
            return number;
        }
    }

    /// <summary>A name that training may see, or any name in an evaluation.</summary>
    public string Name(Func<string> draw)
    {
        while (true)
        {
            var name = draw();
            var held = IsHeld(name);
            if (held && split == Split.Training)
                continue;
            HasValue = true;
            HasHeldValue |= held;
            return name;
        }
    }

    /// <summary>A number as a question writes it: plain, with thousands separators, or with a trailing zero.</summary>
    public string Written(double number)
    {
        if (Math.Abs(number) >= 1000 && number == Math.Floor(number) && random.Chance(0.3))
            return number.ToString("#,0", CultureInfo.InvariantCulture);
        return Calculator.Text(number);
    }
}
