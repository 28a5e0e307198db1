#include "core/learning/explainer.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QThread>
#include <QtTest>

#include <atomic>

using namespace digitpad;

namespace {

/// Waits for a permit before each explanation, and puts its own number into the map's first pixel.
class GatedModel final : public Model
{
public:
    explicit GatedModel(float number = 1)
        : m_number(number)
    {
    }
    mutable QSemaphore gate;
    mutable QSemaphore entered; ///< One for each explanation that was begun.
    mutable std::atomic<QThread*> thread = nullptr;
    std::atomic<bool> broken = false;

    [[nodiscard]] const ModelInfo& info() const override { return m_info; }
    [[nodiscard]] Result<std::unique_ptr<Classifier>> makeClassifier() const override { return notUsed(); }
    [[nodiscard]] Result<Evaluation> evaluate(const DigitSet&, const std::function<bool()>&) const override
    {
        return notUsed();
    }
    [[nodiscard]] Result<void> save(const std::string&) const override { return notUsed(); }
    [[nodiscard]] Result<Explanation> explain(const DigitImage&, int digit, int rival) const override
    {
        thread = QThread::currentThread();
        entered.release();
        gate.acquire();
        if (broken) {
            return Error{ErrorCode::Internal, "The reading could not be explained.", "a tensor of size 0"};
        }
        Explanation explanation;
        explanation.digit = digit;
        explanation.rival = rival;
        explanation.forDigit[0] = m_number;
        return explanation;
    }

private:
    static Error notUsed() { return {ErrorCode::Internal, "not used here"}; }

    float m_number;
    ModelInfo m_info;
};

DigitImage picture(int value)
{
    DigitImage image;
    image.pixels.fill(static_cast<std::uint8_t>(value));
    return image;
}

ExplainedImage at(const QSignalSpy& spy, int index)
{
    return spy.at(index).first().value<ExplainedImage>();
}

} // namespace

class ExplainerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOffTheGuiThread()
    {
        const auto model = std::make_shared<GatedModel>();
        model->gate.release();
        Explainer explainer;
        QSignalSpy explained(&explainer, &Explainer::explained);
        explainer.explain(model, picture(9), 7, 1);
        QTRY_COMPARE(explained.size(), 1);
        QCOMPARE(at(explained, 0).explanation.digit, 7);
        QCOMPARE(at(explained, 0).explanation.rival, 1);
        QVERIFY(at(explained, 0).image == picture(9));
        QVERIFY(model->thread != QThread::currentThread());
    }

    void newestQuestionWins()
    {
        const auto model = std::make_shared<GatedModel>();
        Explainer explainer;
        QSignalSpy explained(&explainer, &Explainer::explained);
        explainer.explain(model, picture(1), 7, 1);
        QVERIFY(model->entered.tryAcquire(1, 30'000)); // One is being answered, of the rest the newest waits.
        for (int value = 2; value <= 100; ++value) {
            explainer.explain(model, picture(value), 7, value % 7);
        }
        model->gate.release(100);
        QTRY_COMPARE(explained.size(), 2);
        QVERIFY(at(explained, 0).image == picture(1));
        QVERIFY(at(explained, 1).image == picture(100));
        QCOMPARE(at(explained, 1).explanation.rival, 100 % 7);
        QCOMPARE(model->gate.available(), 98);
    }

    void errorsAreSaidAndTheNextQuestionIsAnswered()
    {
        const auto model = std::make_shared<GatedModel>();
        model->gate.release(2);
        model->broken = true;
        Explainer explainer;
        QSignalSpy explained(&explainer, &Explainer::explained);
        QSignalSpy failed(&explainer, &Explainer::failed);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("a tensor of size 0")));
        explainer.explain(model, picture(1), 7, 1);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].toString(), QStringLiteral("The reading could not be explained."));
        model->broken = false;
        explainer.explain(model, picture(2), 7, 1);
        QTRY_COMPARE(explained.size(), 1);
        QCOMPARE(failed.size(), 1);
    }

    void anotherModelsAnswerIsNotGiven()
    {
        const auto first = std::make_shared<GatedModel>(1.0F);
        const auto second = std::make_shared<GatedModel>(2.0F);
        second->gate.release();
        Explainer explainer;
        QSignalSpy explained(&explainer, &Explainer::explained);
        explainer.explain(first, picture(1), 7, 1);
        QVERIFY(first->entered.tryAcquire(1, 30'000));
        explainer.explain(second, picture(1), 7, 1);
        first->gate.release();
        QTRY_COMPARE(explained.size(), 1); // The first one's would have come before.
        QCOMPARE(at(explained, 0).explanation.forDigit[0], 2.0F);
    }

    void whatIsCancelledIsNotAnswered()
    {
        const auto model = std::make_shared<GatedModel>();
        Explainer explainer;
        QSignalSpy explained(&explainer, &Explainer::explained);
        explainer.explain(model, picture(1), 7, 1);
        QVERIFY(model->entered.tryAcquire(1, 30'000));
        explainer.explain(model, picture(2), 7, 1);
        explainer.cancel();
        explainer.explain(model, picture(3), 7, 1);
        model->gate.release(3);
        QTRY_COMPARE(explained.size(), 1);
        QVERIFY(at(explained, 0).image == picture(3));
        QCOMPARE(model->gate.available(), 1); // The one that waited was never begun.
    }

    void mayGoWhileAnswering()
    {
        const auto model = std::make_shared<GatedModel>();
        auto explainer = std::make_unique<Explainer>();
        explainer->explain(model, picture(1), 7, 1);
        QVERIFY(model->entered.tryAcquire(1, 30'000));
        explainer->explain(model, picture(2), 7, 1);
        model->gate.release(2); // Both, should the second be begun before the end is.
        explainer.reset();
        QCoreApplication::processEvents(); // The answer on its way finds nobody.
        QCOMPARE(model.use_count(), 1L);
    }

    void mayGoUnused() { Explainer explainer; }
};

QTEST_GUILESS_MAIN(ExplainerTest)
#include "tst_explainer.moc"
