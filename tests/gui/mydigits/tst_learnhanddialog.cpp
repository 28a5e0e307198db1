#include "tests/gui/mydigits/fakelearning.h"
#include "tests/support/strangehand.h"
#include "ui/mydigits/learnhanddialog.h"
#include "ui/widgets/messagebar.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace digitpad;
using namespace digitpad::test;

namespace {

constexpr std::size_t otherImages = 10'000;

/// The labels decide; the fake engine looks at no picture.
std::shared_ptr<const OtherHands> manyOthers()
{
    OtherHands others;
    others.training = syntheticDigits(10, 1, {});
    others.test.name = "MNIST test";
    others.test.labels.assign(otherImages, 7);
    others.test.images.resize(otherImages * digitPixels);
    return std::make_shared<const OtherHands>(std::move(others));
}

} // namespace

class LearnHandDialogTest : public QObject
{
    Q_OBJECT

    FakeLearningEngine m_engine;
    std::shared_ptr<const OtherHands> m_others = manyOthers();
    std::unique_ptr<LearnHandDialog> m_dialog;

    void open(std::vector<LabelledInk> drawings, const Engine* engine)
    {
        const auto old = std::make_shared<const MisreadingModel>(4, 50);
        m_dialog = std::make_unique<LearnHandDialog>(
            engine, HandModel::Start{old, {}, QStringLiteral("Bundled model")}, std::move(drawings));
        HandLearningOptions options;
        options.images = 640;
        options.hardShare = 0;
        options.folds = 2;
        m_dialog->setOptions(options, m_others);
        m_dialog->open();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    /// Forty drawings in two folds, after learning `mine` misread in each.
    void openReady(std::size_t mine, std::size_t others)
    {
        m_engine.learned = std::make_shared<const MisreadingModel>(mine, others);
        open(strangeHand(4, 1), &m_engine);
    }
    template <class T>
    T* child(const char* name) const
    {
        auto* found = m_dialog->findChild<T*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("no child named %s", name);
        }
        return found;
    }
    [[nodiscard]] QString text(const char* name) const { return child<QLabel>(name)->text(); }
    void press(const char* name) const
    {
        auto* button = child<QPushButton>(name);
        QVERIFY2(button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    [[nodiscard]] bool resultShown() const { return child<QPushButton>("useNew")->isVisible(); }
    [[nodiscard]] QString message() const { return m_dialog->findChild<MessageBar*>()->text(); }

private Q_SLOTS:
    void cleanup()
    {
        m_engine.release();
        m_dialog.reset();
        m_engine.failure.reset();
    }

    void saysWhatItWillDo()
    {
        openReady(1, 50);
        QVERIFY(text("introduction").contains(QStringLiteral("“Bundled model”")));
        QVERIFY(text("introduction").contains(QStringLiteral("other hands")));
        QVERIFY(text("advice").contains(QStringLiteral("five or more")));
        QCOMPARE(child<QWidget>("counts")->findChildren<QLabel*>().size(), 22);
        QVERIFY(child<QPushButton>("learn")->isDefault());
        QVERIFY(!resultShown());
    }

    void advice_data()
    {
        QTest::addColumn<DigitCounts>("counts");
        QTest::addColumn<bool>("enough");
        QTest::addColumn<QString>("mention");
        QTest::newRow("none") << DigitCounts{} << false << "At least 5";
        QTest::newRow("four") << DigitCounts{4} << false << "At least 5";
        QTest::newRow("too few to check")
            << DigitCounts{5, 1, 1, 1, 1, 1, 1, 1, 1, 1} << true << "too few to hold";
        QTest::newRow("one missing") << DigitCounts{5, 5, 5, 5, 0, 5, 5, 5, 5, 5} << true << "no 4 of";
        QTest::newRow("three missing")
            << DigitCounts{5, 0, 5, 5, 0, 5, 5, 0, 5, 5} << true << "no 1, 4 and 7 of";
        QTest::newRow("few") << DigitCounts{4, 4, 4, 4, 4, 4, 4, 4, 4, 4} << true << "more to gain";
    }
    void advice()
    {
        QFETCH(DigitCounts, counts);
        QFETCH(QString, mention);
        QTEST(enoughDrawings(counts), "enough");
        QVERIFY2(drawingsAdvice(counts).contains(mention), qPrintable(drawingsAdvice(counts)));
    }
    void enoughNeedsNoAdvice()
    {
        DigitCounts counts;
        counts.fill(5);
        QCOMPARE(drawingsAdvice(counts), QString());
    }

    /// The verdict is two lines long, and the figures are; the introduction before them was lower.
    void theResultIsNotCutOff()
    {
        m_engine.learned = std::make_shared<const MisreadingModel>(4, 50);
        auto drawings = strangeHand(2, 1);
        open(drawings, &m_engine);
        press("learn");
        QTRY_VERIFY(resultShown());
        QVERIFY(text("verdict").contains(QStringLiteral("better keep the old one")));
        for (const QLabel* label : m_dialog->findChildren<QLabel*>()) {
            if (label->isVisible()) {
                const int needed =
                    label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
                QTRY_VERIFY2(label->height() >= needed, qPrintable(label->text()));
            }
        }
    }

    void tooFewCannotStart()
    {
        auto drawings = strangeHand(1, 1);
        drawings.resize(4);
        open(drawings, &m_engine);
        QVERIFY(!child<QPushButton>("learn")->isEnabled());
        QVERIFY(text("advice").contains(QStringLiteral("At least 5")));
    }

    void withoutEngineItSaysSo()
    {
        open(strangeHand(4, 1), nullptr);
        QVERIFY(!child<QPushButton>("learn")->isEnabled());
        QVERIFY(message().contains(QStringLiteral("recogniser")));
    }

    void showsBeforeAndAfter_data()
    {
        QTest::addColumn<int>("mine");
        QTest::addColumn<int>("others");
        QTest::addColumn<QString>("mineAfter");
        QTest::addColumn<QString>("othersAfter");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("defaultButton");
        QTest::newRow("better") << 1 << 52 << "2 of 40 misread"
                                << "99.48"
                                << "reads your hand better"
                                << "useNew";
        QTest::newRow("no difference") << 4 << 50 << "8 of 40 misread"
                                       << "99.50"
                                       << "as many of your"
                                       << "keepOld";
        QTest::newRow("worse") << 6 << 50 << "12 of 40 misread"
                               << "99.50"
                               << "more of your digits"
                               << "keepOld";
        QTest::newRow("forgets") << 0 << 90 << "0 of 40 misread"
                                 << "99.10"
                                 << "other hands notably"
                                 << "keepOld";
    }
    void showsBeforeAndAfter()
    {
        QFETCH(int, mine);
        QFETCH(int, others);
        QFETCH(QString, verdict);
        QFETCH(QString, othersAfter);
        QFETCH(QString, defaultButton);
        openReady(static_cast<std::size_t>(mine), static_cast<std::size_t>(others));
        press("learn");
        QTRY_VERIFY(resultShown());
        QCOMPARE(text("mineBefore"), QStringLiteral("8 of 40 misread"));
        QTEST(text("mineAfter"), "mineAfter");
        QVERIFY(text("othersBefore").contains(QStringLiteral("99.50")));
        QVERIFY2(text("othersAfter").contains(othersAfter), qPrintable(text("othersAfter")));
        QVERIFY2(text("verdict").contains(verdict), qPrintable(text("verdict")));
        QVERIFY(text("figures").contains(QStringLiteral("held back once")));
        QVERIFY(child<QPushButton>(defaultButton.toLatin1().constData())->isDefault());
        QVERIFY(child<QPushButton>(defaultButton.toLatin1().constData())->hasFocus());
    }

    void usesTheNewModel()
    {
        openReady(1, 50);
        std::shared_ptr<const Model> chosen;
        connect(m_dialog.get(), &LearnHandDialog::modelChosen, this,
                [&](const std::shared_ptr<const Model>& model) { chosen = model; });
        press("learn");
        QTRY_VERIFY(resultShown());
        press("useNew");
        QCOMPARE(chosen, m_engine.learned);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_dialog->result(), int{QDialog::Accepted});
    }

    void keepsTheOldModel_data()
    {
        QTest::addColumn<bool>("escape");
        QTest::newRow("button") << false;
        QTest::newRow("Escape") << true;
    }
    void keepsTheOldModel()
    {
        QFETCH(bool, escape);
        openReady(1, 50);
        const QSignalSpy chosen(m_dialog.get(), &LearnHandDialog::modelChosen);
        press("learn");
        QTRY_VERIFY(resultShown());
        if (escape) {
            QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        } else {
            press("keepOld");
        }
        QVERIFY(!m_dialog->isVisible());
        QVERIFY(chosen.isEmpty());
    }

    void cancelsWhileLearning()
    {
        openReady(1, 50);
        m_engine.hold();
        press("learn");
        QTRY_VERIFY(child<QProgressBar>("progress")->value() > 0);
        QVERIFY(text("stage").contains(QStringLiteral("Checking")));
        press("cancel");
        // The batch in progress ends first; until then the dialog stays and says so.
        QVERIFY(m_dialog->isVisible());
        QVERIFY(text("stage").contains(QStringLiteral("Stopping")));
        m_engine.release();
        QTRY_VERIFY(!m_dialog->isVisible());
        QCOMPARE(m_dialog->result(), int{QDialog::Rejected});
    }

    void mayGoWhileLearning()
    {
        openReady(1, 50);
        press("learn");
        m_dialog.reset();
    }

    void failureIsSaidAndCanBeTriedAgain()
    {
        openReady(1, 50);
        m_engine.failure = Error{ErrorCode::Internal, "The network came apart; learn again."};
        press("learn");
        QTRY_COMPARE(message(), QStringLiteral("The network came apart; learn again."));
        m_engine.failure.reset();
        press("learn");
        QTRY_VERIFY(resultShown());
    }

    void saves()
    {
        const QTemporaryDir folder;
        openReady(1, 50);
        press("learn");
        QTRY_VERIFY(resultShown());
        press("saveAs");
        auto* dialog = m_dialog->findChild<QFileDialog*>(QStringLiteral("saveHandDialog"));
        QVERIFY(dialog != nullptr);
        const QString path = folder.filePath(QStringLiteral("hand.pt"));
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_VERIFY(message().contains(QStringLiteral("hand.pt")));
        QVERIFY(QFile::exists(path));
        QVERIFY(resultShown()); // The question is still open.
    }

    void savingInVainIsSaid()
    {
        openReady(1, 50);
        press("learn");
        QTRY_VERIFY(resultShown());
        press("saveAs");
        auto* dialog = m_dialog->findChild<QFileDialog*>(QStringLiteral("saveHandDialog"));
        Q_EMIT dialog->fileSelected(QStringLiteral("/nonexistent/hand.pt"));
        dialog->close();
        QTRY_VERIFY(message().contains(QStringLiteral("cannot be written")));
        QVERIFY(child<QPushButton>("saveAs")->isEnabled());
    }
};

QTEST_MAIN(LearnHandDialogTest)
#include "tst_learnhanddialog.moc"
