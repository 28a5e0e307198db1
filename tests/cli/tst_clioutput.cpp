#include "app/cli/output.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

using namespace digitpad::cli;

/// The way results leave the program, on pipes as shells make them.
class TestCliOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }
    void init() { QCOMPARE(::pipe2(m_pipe.data(), O_CLOEXEC), 0); }
    void cleanup();
    void waitsForASlowReader_data();
    void waitsForASlowReader();
    void keepsQuietWithoutAReader();
    void remembersTheFirstError();
    void flushesWhenItGoes();

private:
    void closeEnd(int end) { ::close(std::exchange(m_pipe[static_cast<std::size_t>(end)], -1)); }
    std::array<int, 2> m_pipe = {-1, -1};
};

void TestCliOutput::cleanup()
{
    closeEnd(0);
    closeEnd(1);
}

void TestCliOutput::waitsForASlowReader_data()
{
    QTest::addColumn<int>("flags");
    QTest::newRow("blocking") << 0;
    QTest::newRow("non-blocking") << O_NONBLOCK;
}

void TestCliOutput::waitsForASlowReader()
{
    QFETCH(int, flags);
    QCOMPARE(::fcntl(m_pipe[1], F_SETFL, flags), 0);
    QByteArray received;
    std::thread reader([this, &received] {
        std::array<char, 1000> some;
        for (ssize_t got = 1; got > 0;) {
            got = ::read(m_pipe[0], some.data(), some.size());
            received.append(some.data(), std::max<ssize_t>(got, 0));
            std::this_thread::yield();
        }
    });
    QByteArray expected;
    {
        Output output(m_pipe[1]);
        for (int i = 0; i < 100'000; ++i) {
            const QByteArray line = QByteArray::number(i) + '\n';
            expected += line;
            output.write(line);
        }
        output.flush();
        closeEnd(1);
        reader.join();
        QVERIFY(output.ok());
    }
    QVERIFY(received == expected);
}

void TestCliOutput::keepsQuietWithoutAReader()
{
    closeEnd(0);
    Output output(m_pipe[1]);
    output.write("lost");
    QVERIFY(!output.flush());
    QVERIFY(output.readerGone());
}

void TestCliOutput::remembersTheFirstError()
{
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    QVERIFY(full >= 0);
    Output output(full);
    output.write("lost");
    QVERIFY(output.ok());
    QVERIFY(!output.flush());
    QVERIFY(!output.flush());
    QCOMPARE(output.error(), ENOSPC);
    QVERIFY(!output.readerGone());
    ::close(full);
}

void TestCliOutput::flushesWhenItGoes()
{
    {
        Output output(m_pipe[1]);
        output.write("kept");
    }
    std::array<char, 8> text{};
    QCOMPARE(::read(m_pipe[0], text.data(), text.size()), 4);
    QCOMPARE(QByteArray(text.data()), QByteArray("kept"));
}

QTEST_GUILESS_MAIN(TestCliOutput)
#include "tst_clioutput.moc"
