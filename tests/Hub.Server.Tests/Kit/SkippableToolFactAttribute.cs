namespace Hub.Server.Tests.Kit;

/// <summary>A test that needs a program of the machine; skipped with a reason where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SkippableToolFactAttribute : FactAttribute
{
    public SkippableToolFactAttribute(string tool)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))))
            Skip = $"{tool} is not installed";
    }
}
