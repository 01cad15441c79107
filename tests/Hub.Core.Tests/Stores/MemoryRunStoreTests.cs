using Hub.Abstractions;

namespace Hub.Core.Tests.Stores;

public sealed class MemoryRunStoreTests : RunStoreContract
{
    protected override IRunStore NewStore() => new MemoryRunStore();
}
