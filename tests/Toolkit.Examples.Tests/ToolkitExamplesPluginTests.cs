using Hub.TestKit;

namespace Toolkit.Examples.Tests;

public sealed class ToolkitExamplesPluginTests : PluginContractTests<ToolkitExamplesPlugin>;
