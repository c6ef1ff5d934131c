namespace McpServer;

/// <summary>The document of the desktop program. As with the API of Revit or Unity, only the main thread may use it.</summary>
internal sealed class Drawing
{
    private readonly List<double> walls = [];
    private readonly Thread mainThread = Thread.CurrentThread;

    public string AddWall(double length)
    {
        this.ThrowIfOnAnotherThread();
        this.walls.Add(length);
        return $"Wall {this.walls.Count} is {length} m long, drawn on thread '{Thread.CurrentThread.Name}' ({Environment.CurrentManagedThreadId})";
    }

    public int CountWalls()
    {
        this.ThrowIfOnAnotherThread();
        return this.walls.Count;
    }

    private void ThrowIfOnAnotherThread()
    {
        if (Thread.CurrentThread != this.mainThread)
        {
            throw new InvalidOperationException("Only the main thread may use the drawing.");
        }
    }
}
