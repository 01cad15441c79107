namespace Hub.Nano.Tasks;

/// <summary>Numbers that fit an operation.</summary>
internal static class Operands
{
    public static (double A, double B) Draw(Draft draft, Operation operation)
    {
        var random = draft.Random;
        if (random.Chance(0.08) && operation != Operation.Divide)
            return (draft.Number(() => Decimal(random)), draft.Number(() => random.Chance(0.5) ? Decimal(random) : random.Range(2, 99)));
        switch (operation)
        {
            case Operation.Multiply:
                return (draft.Number(() => random.Chance(0.7) ? random.Range(2, 99) : random.Range(100, 999)), draft.Number(() => random.Chance(0.8) ? random.Range(2, 99) : random.Range(100, 999)));
            case Operation.Divide:
                return Division(draft);
            case Operation.Subtract:
                var (a, b) = (draft.Number(() => Plain(random)), draft.Number(() => Plain(random)));
                return a < b && random.Chance(0.85) ? (b, a) : (a, b);
            default:
                return (draft.Number(() => Plain(random)), draft.Number(() => Plain(random)));
        }
    }

    /// <summary>A whole number of one to six digits, small ones more often.</summary>
    public static double Plain(NanoRandom random) => random.Unit() switch
    {
        < 0.12 => random.Range(2, 12),
        < 0.45 => random.Range(10, 99),
        < 0.75 => random.Range(100, 999),
        < 0.93 => random.Range(1000, 9999),
        _ => random.Range(10_000, 250_000),
    };

    private static double Decimal(NanoRandom random) => random.Chance(0.6) ? random.Range(1, 999) / 10.0 : random.Range(101, 9999) / 100.0;

    private static (double A, double B) Division(Draft draft)
    {
        var random = draft.Random;
        while (true)
        {
            var b = draft.Number(() => random.Chance(0.75) ? random.Range(2, 25) : random.Range(26, 200));
            var exact = random.Chance(0.8);
            var a = draft.Number(() => exact ? b * random.Range(2, 150) : random.Range(5, 2000));
            var quotient = Calculator.Text(a / b);
            if (quotient.Length <= 8 || random.Chance(0.1))
                return (a, b);
        }
    }
}
