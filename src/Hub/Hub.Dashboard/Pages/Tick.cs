using Hub.Dashboard.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Hub.Dashboard.Pages;

/// <summary>A time on the axis of a timeline. Written in C#, as <c>text</c> is a word of Razor's own.</summary>
public sealed class Tick : ComponentBase
{
    /// <summary>Where it is, from 0 to 1.</summary>
    [Parameter, EditorRequired] public double At { get; set; }

    /// <summary>What stands there.</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", Words.Percent(At));
        builder.AddAttribute(2, "y", "11");
        builder.AddAttribute(3, "text-anchor", At == 0 ? "start" : At == 1 ? "end" : "middle");
        builder.AddContent(4, Label);
        builder.CloseElement();
    }
}
