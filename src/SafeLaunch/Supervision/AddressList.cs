namespace SafeLaunch.Supervision;

/// <summary>The addresses of a launch: it only grows, and a reader sees a whole version of it.</summary>
internal sealed class AddressList
{
    private readonly object gate = new();
    private volatile Uri[] addresses = [];

    public IReadOnlyList<Uri> Snapshot => this.addresses;

    public void Add(IEnumerable<Uri> more)
    {
        lock (this.gate)
        {
            this.addresses = [.. this.addresses.Union(more)];
        }
    }
}
