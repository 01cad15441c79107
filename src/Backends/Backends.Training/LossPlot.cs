namespace Backends.Training;

/// <summary>Draws loss logs.</summary>
public static class LossPlot
{
    /// <summary>Draws the loss over the tokens as a PNG.</summary>
    /// <param name="entries">A log; at least one entry.</param>
    /// <param name="path">File to write.</param>
    /// <param name="title">Title of the drawing.</param>
    /// <exception cref="ArgumentException">An empty log.</exception>
    public static void Save(IReadOnlyList<LossLogEntry> entries, string path, string title)
    {
        if (entries.Count == 0)
            throw new ArgumentException("The loss log is empty; there is nothing to draw.", nameof(entries));
        using var plot = new ScottPlot.Plot();
        double[] millions = [.. entries.Select(entry => entry.Tokens / 1e6)];
        var loss = plot.Add.ScatterLine(millions, entries.Select(entry => entry.Loss).ToArray());
        loss.LegendText = "loss (nats a counted token)";
        var accuracy = plot.Add.ScatterLine(millions, entries.Select(entry => entry.Accuracy).ToArray());
        accuracy.LegendText = "tokens guessed right (share)";
        plot.Title(title);
        plot.XLabel("million tokens");
        plot.Axes.SetLimits(0, millions[^1] * 1.02, 0, Math.Max(1, entries.Max(entry => entry.Loss) * 1.05));
        plot.ShowLegend(ScottPlot.Alignment.UpperRight);
        plot.SavePng(path, 900, 500);
    }
}
