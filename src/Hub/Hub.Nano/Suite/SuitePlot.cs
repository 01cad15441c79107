using System.Globalization;

namespace Hub.Nano.Suite;

/// <summary>Draws reports: a bar for each reasoner and side of the wordings, with its interval.</summary>
public static class SuitePlot
{
    private const int Width = 900;
    private const int Height = 500;

    /// <summary>Draws shares of right answers as a PNG.</summary>
    /// <param name="reports">At least one report.</param>
    /// <param name="path">File to write.</param>
    /// <param name="title">Title of the drawing.</param>
    /// <exception cref="ArgumentException">There is no report.</exception>
    public static void Save(IReadOnlyList<SuiteReport> reports, string path, string title)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count == 0)
            throw new ArgumentException("There is no report to draw.", nameof(reports));
        using var plot = new ScottPlot.Plot();
        var isSeen = true;
        foreach (var side in (Func<SuiteReport, IReadOnlyList<SuiteShare>>[])[r => r.Seen, r => r.Reserved])
        {
            ScottPlot.Bar[] bars = [.. reports.Select((r, i) => Bar(side(r)[0], (i * 3) + (isSeen ? 0 : 1), isSeen ? ScottPlot.Colors.SteelBlue : ScottPlot.Colors.DarkOrange))];
            plot.Add.Bars(bars).LegendText = isSeen ? "wordings that training has" : "reserved wordings";
            foreach (var (share, bar) in reports.Select(r => side(r)[0]).Zip(bars))
                Interval(plot, share, bar);
            isSeen = false;
        }

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. reports.Select((r, i) => new ScottPlot.Tick((i * 3) + 0.5, r.Reasoner))]);
        plot.Axes.SetLimits(-1, (reports.Count * 3) - 1, 0, 118);
        plot.YLabel("right answers, % (95 % interval)");
        plot.Title(title);
        plot.ShowLegend(ScottPlot.Alignment.UpperRight, ScottPlot.Orientation.Horizontal);
        plot.SavePng(path, Width, Height);
    }

    private static ScottPlot.Bar Bar(SuiteShare share, double at, ScottPlot.Color color)
    {
        var percent = share.Count == 0 ? 0 : 100.0 * share.Right / share.Count;
        return new ScottPlot.Bar
        {
            Position = at,
            Value = percent,
            FillColor = color,
        };
    }

    /// <summary>Wilson's interval as a line, which is not symmetric near 100 %, and the share as text at the bar's foot.</summary>
    private static void Interval(ScottPlot.Plot plot, SuiteShare share, ScottPlot.Bar bar)
    {
        var line = plot.Add.Line(bar.Position, 100 * share.Low, bar.Position, 100 * share.High);
        (line.Color, line.LineWidth) = (ScottPlot.Colors.Black, 2);
        var text = plot.Add.Text(bar.Value.ToString("0.0", CultureInfo.InvariantCulture), bar.Position, 4);
        (text.LabelFontColor, text.LabelAlignment) = (ScottPlot.Colors.White, ScottPlot.Alignment.LowerCenter);
    }
}
