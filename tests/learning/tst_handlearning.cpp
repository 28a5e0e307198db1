#include "core/data/syntheticnodigits.h"
#include "core/learning/engineloader.h"
#include "core/learning/handlearning.h"
#include "core/learning/handmix.h"
#include "core/learning/hardsamples.h"
#include "core/learning/otherhands.h"
#include "tests/gui/training/nowheremnist.h"
#include "tests/support/strangehand.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

using namespace digitpad;
using namespace digitpad::test;

namespace {

class Recorder final : public HandLearningObserver
{
public:
    std::vector<HandLearningProgress> reports;
    int stopAfter = -1; ///< Reports; -1 for never.

    void onProgress(const HandLearningProgress& progress) override { reports.push_back(progress); }
    bool stopRequested() override { return stopAfter >= 0 && static_cast<int>(reports.size()) >= stopAfter; }
};

HandLearningOptions quick()
{
    HandLearningOptions options;
    options.images = 3'200;
    options.optimizer = "adam";
    options.learningRate = 0.001;
    options.threads = 1;
    return options;
}

std::vector<LabelledInk> drawingsOf(std::initializer_list<std::pair<int, int>> counts)
{
    Random random(5);
    std::vector<LabelledInk> drawings;
    for (const auto& [digit, count] : counts) {
        for (int i = 0; i < count; ++i) {
            drawings.push_back({syntheticDigit(digit, random), digit});
        }
    }
    return drawings;
}

} // namespace

class HandLearningTest : public QObject
{
    Q_OBJECT

    const Engine* m_engine = nullptr;
    std::shared_ptr<const Model> m_model;
    OtherHands m_others = otherHands();

    Result<HandLearningResult> learn(const std::vector<LabelledInk>& drawings,
                                     const HandLearningOptions& options)
    {
        Recorder observer;
        return learnHand(*m_engine, m_model, drawings, m_others, options, observer);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const auto engine = loadEngine();
        QVERIFY2(engine.ok(), engine ? "" : engine.error().details.c_str());
        m_engine = *engine;
        m_model = ordinaryModel(*m_engine);
        QVERIFY(m_model);
        const double accuracy = m_model->evaluate(m_others.test, {})->accuracy;
        QVERIFY2(accuracy > 0.85, qPrintable(QString::number(accuracy)));
    }

    void readsTheHandBetterAndForgetsLittle()
    {
        const auto result = learn(strangeHand(6, 1), quick());
        QVERIFY2(result.ok(), result ? "" : result.error().details.c_str());
        QVERIFY(result->mine.has_value());
        QCOMPARE(result->mine->images, std::size_t{60});
        // The strange sevens are misread, and were held out.
        QVERIFY2(result->mine->errorsBefore >= 6, qPrintable(QString::number(result->mine->errorsBefore)));
        QVERIFY2(result->mine->errorsAfter * 2 <= result->mine->errorsBefore,
                 qPrintable(QString::number(result->mine->errorsAfter)));
        QCOMPARE(result->others.images, m_others.test.size());
        QVERIFY2(result->others.accuracyAfter() > result->others.accuracyBefore() - 0.02,
                 qPrintable(QStringLiteral("%1 → %2")
                                .arg(result->others.accuracyBefore())
                                .arg(result->others.accuracyAfter())));
        // Sevens that it has never seen.
        const auto unseen = result->model->evaluate(imagesOf(strangeHand(6, 2)), {});
        QVERIFY2(unseen->confusion[7][7] >= 5, qPrintable(QString::number(unseen->confusion[7][7])));
    }

    void saysWhatItLearnedFrom()
    {
        const ModelInfo before = m_model->info();
        const auto result = learn(strangeHand(2, 1), quick());
        QVERIFY(result.ok());
        QCOMPARE(QString::fromStdString(result->model->info().trainedOn),
                 QStringLiteral("synthetic digits + 20 of my digits"));
        QVERIFY(knowsAHand(result->model->info()));
        QVERIFY(!result->startKnewTheHand);
        QVERIFY(result->seconds > 0);
        QCOMPARE(result->counts[3], std::size_t{2});
        // The model it began with is as it was.
        QCOMPARE(m_model->info().trainedOn, before.trainedOn);
        QVERIFY(!knowsAHand(m_model->info()));
        Recorder observer;
        const auto again =
            learnHand(*m_engine, result->model, strangeHand(2, 1), m_others, quick(), observer);
        QVERIFY(again.ok());
        QVERIFY(again->startKnewTheHand);
    }

    void sameSeedSameResult()
    {
        const auto first = learn(strangeHand(3, 1), quick());
        const auto second = learn(strangeHand(3, 1), quick());
        QVERIFY(first.ok() && second.ok());
        QCOMPARE(first->mine->errorsAfter, second->mine->errorsAfter);
        QCOMPARE(first->model->evaluate(m_others.test, {})->loss,
                 second->model->evaluate(m_others.test, {})->loss);
    }

    void asManyThreadsAsLearnings_data()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("two for four") << 2;
        QTest::newRow("more than learnings") << 7;
    }
    void asManyThreadsAsLearnings()
    {
        QFETCH(int, threads);
        const auto alone = learn(strangeHand(3, 1), quick());
        HandLearningOptions options = quick();
        options.threads = threads;
        Recorder observer;
        const auto together = learnHand(*m_engine, m_model, strangeHand(3, 1), m_others, options, observer);
        QVERIFY(alone.ok() && together.ok());
        QCOMPARE(together->mine->errorsAfter, alone->mine->errorsAfter);
        QCOMPARE(together->model->evaluate(m_others.test, {})->loss,
                 alone->model->evaluate(m_others.test, {})->loss);
        QCOMPARE(observer.reports.size(), std::size_t{4 * 50 + 1});
        QVERIFY(std::is_sorted(observer.reports.begin(), observer.reports.end(),
                               [](const auto& a, const auto& b) { return a.done < b.done; }));
        QCOMPARE(observer.reports.back().stage, HandLearningStage::Comparing);
    }

    void stopsOnAllThreads()
    {
        HandLearningOptions options = quick();
        options.threads = 4;
        Recorder observer;
        observer.stopAfter = 30;
        const auto result = learnHand(*m_engine, m_model, strangeHand(3, 1), m_others, options, observer);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void tooFewToHoldOut()
    {
        Recorder observer;
        const auto drawings = drawingsOf({{1, 3}, {4, 1}, {7, 4}});
        QVERIFY(!heldOutPossible(drawings));
        const auto result = learnHand(*m_engine, m_model, drawings, m_others, quick(), observer);
        QVERIFY(result.ok());
        QVERIFY(!result->mine);
        QVERIFY(std::none_of(observer.reports.begin(), observer.reports.end(),
                             [](const auto& report) { return report.stage == HandLearningStage::Checking; }));
    }

    void impossibleInput_data()
    {
        QTest::addColumn<int>("drawings");
        QTest::addColumn<int>("digit");
        QTest::addColumn<bool>("others");
        QTest::addColumn<double>("share");
        QTest::addColumn<QString>("mention");
        QTest::newRow("too few drawings") << 4 << 3 << true << 0.5 << "There are 4";
        QTest::newRow("no digit") << 20 << noDigitLabel << true << 0.5 << "relabel";
        QTest::newRow("a label below 0") << 20 << -1 << true << 0.5 << "relabel";
        QTest::newRow("no other hands") << 20 << 3 << false << 0.5 << "MNIST";
        QTest::newRow("own drawings alone") << 20 << 3 << true << 1.0 << "options";
    }
    void impossibleInput()
    {
        QFETCH(int, drawings);
        QFETCH(int, digit);
        QFETCH(bool, others);
        QFETCH(double, share);
        QFETCH(QString, mention);
        auto mine = drawingsOf({{3, drawings}});
        mine.back().digit = digit;
        HandLearningOptions options = quick();
        options.ownShare = share;
        Recorder observer;
        const auto result =
            learnHand(*m_engine, m_model, mine, others ? m_others : OtherHands{}, options, observer);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::InvalidInput);
        QVERIFY2(QString::fromStdString(result.error().message).contains(mention),
                 result.error().message.c_str());
    }

    void stops_data()
    {
        QTest::addColumn<int>("stopAfter");
        QTest::newRow("before anything") << 0;
        QTest::newRow("in the check") << 20;
        QTest::newRow("in the learning") << 160; // Three checks of 50 batches come first.
        QTest::newRow("in the comparison") << 201;
    }
    void stops()
    {
        QFETCH(int, stopAfter);
        Recorder observer;
        observer.stopAfter = stopAfter;
        const auto result = learnHand(*m_engine, m_model, strangeHand(3, 1), m_others, quick(), observer);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void reportsProgress()
    {
        Recorder observer;
        QVERIFY(learnHand(*m_engine, m_model, strangeHand(3, 1), m_others, quick(), observer).ok());
        const auto& reports = observer.reports;
        QCOMPARE(reports.size(), std::size_t{4 * 50 + 1});
        QVERIFY(std::is_sorted(reports.begin(), reports.end(), [](const auto& a, const auto& b) {
            return a.done < b.done || a.stage < b.stage;
        }));
        QCOMPARE(reports.front().stage, HandLearningStage::Checking);
        QCOMPARE(reports[160].stage, HandLearningStage::Learning);
        QCOMPARE(reports.back().stage, HandLearningStage::Comparing);
        QVERIFY(reports.front().done > 0 && reports.back().done < 1);
        QVERIFY(reports.back().secondsLeft >= 0);
    }

    void foldsAreStratified_data()
    {
        QTest::addColumn<int>("folds");
        QTest::newRow("two") << 2;
        QTest::newRow("three") << 3;
        QTest::newRow("five") << 5;
    }
    void foldsAreStratified()
    {
        QFETCH(int, folds);
        const auto drawings = drawingsOf({{0, 7}, {1, 1}, {2, 2}, {5, 11}, {9, 5}});
        const auto dealt = dealIntoFolds(drawings, folds, 3);
        QCOMPARE(dealt, dealIntoFolds(drawings, folds, 3));
        std::map<std::pair<int, int>, int> cells;
        std::map<int, int> sizes;
        for (std::size_t i = 0; i < drawings.size(); ++i) {
            if (drawings[i].digit == 1) {
                QCOMPARE(dealt[i], -1); // The only one of its digit.
                continue;
            }
            QVERIFY(dealt[i] >= 0 && dealt[i] < folds);
            ++cells[{drawings[i].digit, dealt[i]}];
            ++sizes[dealt[i]];
        }
        for (const auto& [digit, count] : std::map<int, int>{{0, 7}, {2, 2}, {5, 11}, {9, 5}}) {
            for (int fold = 0; fold < folds; ++fold) {
                const int here = cells[{digit, fold}];
                QVERIFY(here == count / folds || here == (count + folds - 1) / folds);
            }
        }
        for (int fold = 0; fold < folds; ++fold) {
            QVERIFY(sizes[fold] == 25 / folds || sizes[fold] == (25 + folds - 1) / folds);
        }
    }

    void mixes()
    {
        const auto drawings = drawingsOf({{3, 4}, {8, 1}});
        HandLearningOptions options = quick();
        options.images = 400;
        options.ownShare = 0.5;
        options.drawsEach = 20; // Five drawings: 100 of the 200 that the share would allow.
        const TrainingData data = mixWithOthers(drawings, {m_others.training, {}, {}}, options, "a name");
        QCOMPARE(data.training->name, std::string("a name"));
        QCOMPARE(data.training->size(), std::size_t{400});
        DigitImage image;
        std::set<std::array<std::uint8_t, digitPixels>> different;
        for (std::size_t i = 0; i < 100; ++i) {
            QCOMPARE(int{data.training->labels[i]}, drawings[i % 5].digit);
            data.renderer->render(i, i, image.pixels.data());
            QVERIFY(!image.blank());
            different.insert(image.pixels);
        }
        QVERIFY(different.size() > 60); // Drawn anew; a tenth stays as it is.
        for (std::size_t i = 100; i < 400; ++i) {
            data.renderer->render(i, i, image.pixels.data());
            QCOMPARE(image, data.training->digitImage(i)); // Others stay as they are.
        }
    }

    void mixesByShares()
    {
        MixedOthers others{m_others.training, subset(m_others.training, std::vector<std::size_t>{5, 17}),
                           syntheticNoDigits(30, 1, {})};
        HandLearningOptions options = quick();
        options.images = 400;
        options.ownShare = 0.3;
        options.noDigitShare = 0.2;
        options.hardShare = 0.4;
        const TrainingData data = mixWithOthers(drawingsOf({{3, 40}}), others, options, "a name");
        QCOMPARE(data.training->size(), std::size_t{400});
        const auto count = [&](auto matches) {
            int found = 0;
            for (std::size_t i = 120; i < 400; ++i) {
                found += matches(i) ? 1 : 0;
            }
            return found;
        };
        QCOMPARE(count([&](std::size_t i) { return data.training->labels[i] == noDigitLabel; }), 80);
        const DigitImage five = m_others.training.digitImage(5);
        QCOMPARE(count([&](std::size_t i) { return data.training->digitImage(i) == five; }),
                 40); // Of 80 hard ones.
    }

    void hardestComeFirst()
    {
        std::vector<std::size_t> some(200);
        std::iota(some.begin(), some.end(), std::size_t{0});
        const DigitSet set = subset(m_others.training, some);
        const auto classifier = m_model->makeClassifier();
        const auto certainty = [&](std::size_t index) {
            return (*classifier)->classify(set.digitImage(index))->probabilities[set.labels[index]];
        };
        const auto hardest = hardestSamples(*m_model, set, 20, [] { return true; });
        QVERIFY(hardest.ok());
        QCOMPARE(hardest->size(), std::size_t{20});
        const auto easier = [&](std::size_t index) {
            return certainty(index) >= certainty(hardest->back()) - 1e-5F;
        };
        QVERIFY(certainty(hardest->front()) < 0.5F);
        QCOMPARE(std::count_if(some.begin(), some.end(), easier), 181);
        QCOMPARE(hardestSamples(*m_model, set, 1'000, [] { return true; })->size(), set.size());
        QVERIFY(hardestSamples(*m_model, {}, 3, [] { return true; })->empty());
        const auto stopped = hardestSamples(*m_model, set, 3, [] { return false; });
        QVERIFY(!stopped.ok() && stopped.error().code == ErrorCode::Cancelled);
    }

    void verdicts_data()
    {
        QTest::addColumn<bool>("checked");
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("after");
        QTest::addColumn<int>("othersBefore");
        QTest::addColumn<int>("othersAfter");
        QTest::addColumn<HandVerdict>("verdict");
        QTest::addColumn<bool>("recommended");
        QTest::newRow("better") << true << 7 << 2 << 40 << 50 << HandVerdict::Better << true;
        QTest::newRow("better, at the others' cost")
            << true << 7 << 2 << 40 << 51 << HandVerdict::WorseOnOthers << false;
        QTest::newRow("the same") << true << 2 << 2 << 40 << 40 << HandVerdict::NoDifference << false;
        QTest::newRow("worse") << true << 2 << 3 << 40 << 30 << HandVerdict::WorseOnMine << false;
        QTest::newRow("not checked") << false << 0 << 0 << 40 << 40 << HandVerdict::Unknown << true;
        QTest::newRow("not checked, at the others' cost")
            << false << 0 << 0 << 40 << 60 << HandVerdict::WorseOnOthers << false;
    }
    void verdicts()
    {
        QFETCH(bool, checked);
        QFETCH(int, before);
        QFETCH(int, after);
        QFETCH(int, othersBefore);
        QFETCH(int, othersAfter);
        HandLearningResult result;
        if (checked) {
            result.mine = HandComparison{"my digits", 50, static_cast<std::size_t>(before),
                                         static_cast<std::size_t>(after)};
        }
        result.others = {"MNIST test", 10'000, static_cast<std::size_t>(othersBefore),
                         static_cast<std::size_t>(othersAfter)};
        QTEST(result.verdict(), "verdict");
        QTEST(result.recommended(), "recommended");
    }

    void otherHandsWithoutMnist()
    {
        const NowhereMnist nowhere;
        QVERIFY(nowhere.ready());
        const auto others = loadOtherHands([] { return true; });
        QVERIFY(others.ok());
        QCOMPARE(others->test.name, std::string("synthetic digits"));
        QVERIFY(others->training.size() >= 5'000);
        QVERIFY(others->test.size() >= 1'000);
        QVERIFY(!std::equal(others->test.images.begin(), others->test.images.begin() + digitPixels,
                            others->training.images.begin()));
        const auto none = loadOtherHands([] { return false; });
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(HandLearningTest)
#include "tst_handlearning.moc"
