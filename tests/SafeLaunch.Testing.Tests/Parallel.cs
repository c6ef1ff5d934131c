[assembly: Parallelizable(ParallelScope.Fixtures)]
// Some of them only wait for a process.
[assembly: LevelOfParallelism(4)]
