namespace SafeLaunch.Supervision;

/// <summary>The addresses of a launch: it only grows, and a reader sees a whole version of it.</summary>
internal sealed class AddressList
{
    private readonly object gate = new();
    private volatile Uri[] addresses = [];

    public IReadOnlyList<Uri> Snapshot => this.addresses;

    /// <returns>Whether it has grown: addresses that it has already are not added again.</returns>
    public bool Add(IEnumerable<Uri> more)
    {
        lock (this.gate)
        {
            var known = this.addresses.Length;
            this.addresses = [.. this.addresses.Union(more)];
            return this.addresses.Length > known;
        }
    }
}
