using Orleans.Placement;

namespace Cluster;

/// <summary>Any silo may get it, so that the counters spread. Without that, most of them would live where they are called first.</summary>
[RandomPlacement]
internal sealed class Counter(ILocalSiloDetails silo) : Grain, ICounter
{
    private int count;

    public Task<string> AddAsync()
    {
        this.count++;
        return Task.FromResult(silo.Name);
    }
}
