namespace Hub.Core;

/// <summary>Called before and after everything that can be lost in a crash; tests end the process in it.</summary>
/// <param name="point">Where: <c>append:before</c>, <c>append:after</c>, <c>commit:before</c>, <c>commit:after</c>, <c>effect:before</c>, <c>effect:after</c>.</param>
internal delegate void FailPoint(string point);
