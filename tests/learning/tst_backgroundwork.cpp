#include "core/learning/backgroundwork.h"

#include <QSemaphore>
#include <QThread>
#include <QtTest>

#include <memory>
#include <optional>

using namespace digitpad;

/// A façade reduced to its skeleton, whose work waits until it may go on.
class BackgroundWorkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_facade = std::make_unique<QObject>();
        m_work.emplace(m_facade.get(), QStringLiteral("test"));
    }
    void cleanup()
    {
        m_work.reset();
        m_facade.reset();
    }

    void piecesRunInOrderOffThisThread();
    void theNewestTakesThePlaceOfWhatWaits();
    void whatWaitsIsDropped();
    void callsComeBackUnlessStopped();
    void nothingReachesAFacadeThatIsGone();
    void endingWaitsForThePieceThatRuns();
    void aStopIsSetOnce();
    void throttle();

private:
    /// Occupies the worker; returns when it is at it.
    void occupy()
    {
        m_work->put([this] {
            m_begun.release();
            m_goOn.acquire();
        });
        m_begun.acquire();
    }

    std::unique_ptr<QObject> m_facade;
    std::optional<BackgroundWork> m_work;
    QSemaphore m_begun;
    QSemaphore m_goOn;
};

void BackgroundWorkTest::piecesRunInOrderOffThisThread()
{
    QList<int> order;
    QList<QThread*> threads;
    QSemaphore done;
    for (int i = 0; i < 20; ++i) {
        m_work->put([&, i] {
            order.append(i);
            threads.append(QThread::currentThread());
            done.release();
        });
    }
    done.acquire(20);
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(order[i], i);
        QCOMPARE(threads[i], threads[0]);
    }
    QVERIFY(threads[0] != QThread::currentThread());
}

void BackgroundWorkTest::theNewestTakesThePlaceOfWhatWaits()
{
    occupy();
    QList<int> done;
    QSemaphore last;
    m_work->put([&] { done.append(1); });
    m_work->putInstead([&] { done.append(2); });
    m_work->putInstead([&] {
        done.append(3);
        last.release();
    });
    m_goOn.release();
    last.acquire();
    QCOMPARE(done, QList<int>{3});
}

void BackgroundWorkTest::whatWaitsIsDropped()
{
    occupy();
    bool ran = false;
    m_work->put([&] { ran = true; });
    m_work->dropWaiting();
    QSemaphore last;
    m_work->put([&] { last.release(); });
    m_goOn.release();
    last.acquire();
    QVERIFY(!ran);
}

void BackgroundWorkTest::callsComeBackUnlessStopped()
{
    StopFlag kept;
    StopFlag ended;
    const StopFlag one = renewStop(kept);
    const StopFlag other = renewStop(ended);
    QStringList calls;
    QThread* thread = nullptr;
    m_work->put([&] {
        m_work->post(one, [&] {
            calls += QStringLiteral("one");
            thread = QThread::currentThread();
        });
        m_work->post(other, [&] { calls += QStringLiteral("other"); });
        m_work->post([&] { calls += QStringLiteral("last"); });
        m_begun.release();
    });
    m_begun.acquire();
    QVERIFY(calls.isEmpty());
    endStop(ended); // After it was posted, and before it is called.
    QTRY_COMPARE(calls, QStringList({QStringLiteral("one"), QStringLiteral("last")}));
    QCOMPARE(thread, QThread::currentThread());
}

void BackgroundWorkTest::nothingReachesAFacadeThatIsGone()
{
    bool called = false;
    m_work->put([&] {
        m_work->post([&] { called = true; });
        m_begun.release();
    });
    m_begun.acquire();
    m_work.reset();
    m_facade.reset();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void BackgroundWorkTest::endingWaitsForThePieceThatRuns()
{
    StopFlag stop;
    const StopFlag seen = renewStop(stop);
    bool ended = false;
    m_work->put([&] {
        m_begun.release();
        while (!*seen) {
            QThread::yieldCurrentThread();
        }
        ended = true;
    });
    m_begun.acquire();
    endStop(stop);
    m_work.reset();
    QVERIFY(ended);
}

void BackgroundWorkTest::aStopIsSetOnce()
{
    StopFlag stop;
    endStop(stop);
    QVERIFY(!stop);
    const StopFlag first = renewStop(stop);
    QVERIFY(!*first);
    const StopFlag second = renewStop(stop);
    QVERIFY(*first);
    QVERIFY(!*second);
    endStop(stop);
    QVERIFY(*second);
    QVERIFY(!stop);
}

void BackgroundWorkTest::throttle()
{
    Throttle throttle;
    QElapsedTimer timer;
    bool first = false;
    bool second = true;
    do { // Again where this thread was kept waiting so long that the second is due as well.
        timer.start();
        throttle = {};
        first = throttle.due();
        second = throttle.due();
    } while (timer.elapsed() >= 50);
    QVERIFY(first);
    QVERIFY(!second);
    bool again = false;
    QTRY_VERIFY(again = again || throttle.due());
}

QTEST_GUILESS_MAIN(BackgroundWorkTest)
#include "tst_backgroundwork.moc"
