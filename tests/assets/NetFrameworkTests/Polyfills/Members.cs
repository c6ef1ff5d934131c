using System.Collections.Concurrent;
using System.Net.Sockets;

namespace SafeLaunch.TestKit;

/// <summary>What the tests call and .NET Framework has not.</summary>
internal static class Members
{
    extension(Math)
    {
        public static (int Quotient, int Remainder) DivRem(int left, int right) => (left / right, left % right);
    }

    extension(Enum)
    {
        public static T[] GetValues<T>()
            where T : struct, Enum => (T[])Enum.GetValues(typeof(T));
    }

    extension(string text)
    {
        public static string Join(char separator, IEnumerable<string> texts) => string.Join(separator.ToString(), texts);

        /// <summary>By its characters, as .NET Framework does without being told.</summary>
        public string Replace(string old, string replacement, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(old, replacement) : throw new NotSupportedException();

        public string ReplaceLineEndings(string replacement) => text.Replace("\r\n", "\n").Replace("\n", replacement);
    }

    extension<T>(IEnumerable<T> items)
    {
        public IEnumerable<T> Order() => items.OrderBy(item => item);
    }

    extension<T>(ConcurrentQueue<T> queue)
    {
        public void Clear()
        {
            while (queue.TryDequeue(out _))
            {
                // It is taken out, which is all.
            }
        }
    }

    extension(Task task)
    {
        public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;

        public async Task WaitAsync(TimeSpan timeout)
        {
            if (await Task.WhenAny(task, Task.Delay(timeout)) != task)
            {
                throw new TimeoutException();
            }

            await task;
        }
    }

    extension<T>(Task<T> task)
    {
        public async Task<T> WaitAsync(TimeSpan timeout)
        {
            await ((Task)task).WaitAsync(timeout);
            return await task;
        }
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    extension(Stream stream)
    {
        public Task<int> ReadAsync(byte[] buffer) => stream.ReadAsync(buffer, 0, buffer.Length);

        public Task WriteAsync(byte[] buffer) => stream.WriteAsync(buffer, 0, buffer.Length);

        public void Write(ReadOnlySpan<byte> buffer) => stream.Write(buffer.ToArray(), 0, buffer.Length);
    }

    extension(TcpListener listener)
    {
        /// <summary>There, only the end of the listener releases a waiting caller.</summary>
        public async Task<TcpClient> AcceptTcpClientAsync(CancellationToken cancellationToken)
        {
            using (cancellationToken.Register(listener.Stop))
            {
                try
                {
                    return await listener.AcceptTcpClientAsync();
                }
                catch (Exception) when (cancellationToken.IsCancellationRequested)
                {
                    throw new OperationCanceledException(cancellationToken);
                }
            }
        }
    }
}
