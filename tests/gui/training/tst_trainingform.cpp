// The form as a whole: what it explains, refuses and locks, how it opens and closes, and how it is walked
// through.
#include "tests/gui/training/formfixture.h"
#include "tests/support/tabstops.h"
#include "ui/training/disclosure.h"
#include "ui/training/ratefield.h"
#include "ui/training/seedfield.h"
#include "ui/widgets/tones.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleOptionComboBox>
#include <QTest>
#include <QWheelEvent>

using namespace digitpad;

class TestTrainingForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everyKnobExplainsItself();
    void everythingWrongIsSaidAtOnce();
    void refusalGoesWithTheCorrection();
    void aProblemUnderMoreIsOpened();
    void lockedSaysWhy();
    void sectionsCloseAndStayClosed();
    void tabPassesThroughTheFormAsItIsSeen_data();
    void tabPassesThroughTheFormAsItIsSeen();
    void noTitleIsCutOff();
    void mnemonicsAreUnique();
    void fitsANarrowColumn();
    void wheelWithoutFocusChangesNothing();
    void wordsStayReadableWhenThePaletteChanges();
    void changesAreCheap();

private:
    void openAll()
    {
        const auto all = form()->findChildren<Disclosure*>();
        for (Disclosure* disclosure : all) {
            disclosure->setOpen(true);
        }
    }
    [[nodiscard]] TrainingForm* form() const { return m_fixture->form.get(); }

    std::unique_ptr<FormFixture> m_fixture;
};

void TestTrainingForm::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("digitpad-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_trainingform"));
}

void TestTrainingForm::init()
{
    m_fixture = std::make_unique<FormFixture>();
}

void TestTrainingForm::cleanup()
{
    m_fixture.reset();
}

void TestTrainingForm::everyKnobExplainsItself()
{
    const auto fields = form()->findChildren<FormField*>();
    QVERIFY(fields.size() > 60);
    for (const FormField* field : fields) {
        QVERIFY2(field->toolTip().size() > 50, qPrintable(field->editor()->objectName()));
    }
}

void TestTrainingForm::everythingWrongIsSaidAtOnce()
{
    m_fixture->choose("dataKind", 1);
    m_fixture->child<QSpinBox>("syntheticCount")->setValue(100);
    m_fixture->child<QSpinBox>("batchSize")->setValue(91);
    m_fixture->type("learningRate", QStringLiteral("0"));
    QVERIFY(!m_fixture->fieldOf("batchSize")->error().isEmpty());
    QVERIFY(!m_fixture->fieldOf("learningRate")->error().isEmpty());
}

void TestTrainingForm::refusalGoesWithTheCorrection()
{
    m_fixture->choose("dataKind", 1);
    m_fixture->type("learningRate", QStringLiteral("0"));
    QVERIFY(!m_fixture->fieldOf("learningRate")->error().isEmpty());
    auto* rate = m_fixture->child<RateField>("learningRate");
    QTest::keyClicks(rate, QStringLiteral(".01")); // Behind the 0, and no return yet.
    QVERIFY(m_fixture->fieldOf("learningRate")->error().isEmpty());
    QVERIFY(form()->check());
}

void TestTrainingForm::aProblemUnderMoreIsOpened()
{
    TrainingOptions options = form()->options();
    options.beta2 = 1;
    form()->setOptions(options);
    QVERIFY(!m_fixture->child<QWidget>("beta2")->isVisible());
    QTest::mouseClick(m_fixture->headerOf("Optimisation"), Qt::LeftButton);
    QVERIFY(!form()->check());
    QVERIFY(m_fixture->child<QWidget>("beta2")->isVisible() &&
            m_fixture->child<QWidget>("beta2")->hasFocus());
}

void TestTrainingForm::lockedSaysWhy()
{
    const QString reason = QStringLiteral("A run is in progress.");
    form()->setLocked(reason);
    const auto fields = form()->findChildren<FormField*>();
    for (const FormField* field : fields) {
        QVERIFY2(!field->editor()->isEnabled(), qPrintable(field->editor()->objectName()));
        QVERIFY(field->toolTip().contains(reason));
    }
    QVERIFY(!m_fixture->child<QPushButton>("mnistChoose")->isEnabled());
    form()->setLocked({});
    QVERIFY(m_fixture->child<QSpinBox>("epochs")->isEnabled());
    QVERIFY(!m_fixture->fieldOf("epochs")->toolTip().contains(reason));
}

void TestTrainingForm::sectionsCloseAndStayClosed()
{
    auto* header = m_fixture->headerOf("Run");
    QVERIFY(m_fixture->child<QSpinBox>("epochs")->isVisible());
    QTest::mouseClick(header, Qt::LeftButton);
    QVERIFY(!m_fixture->child<QSpinBox>("epochs")->isVisible());
    const auto* note = header->parentWidget()->findChild<NoteLabel*>();
    QVERIFY2(note->text().startsWith(QStringLiteral("10 epochs")), qPrintable(note->text()));
    m_fixture->show();
    QVERIFY(!m_fixture->child<QSpinBox>("epochs")->isVisible());
    m_fixture->headerOf("Run")->setFocus();
    QTest::keyClick(m_fixture->headerOf("Run"), Qt::Key_Space);
    QVERIFY(m_fixture->child<QSpinBox>("epochs")->isVisible());
}

void TestTrainingForm::tabPassesThroughTheFormAsItIsSeen_data()
{
    QTest::addColumn<QString>("optimizer");
    QTest::addColumn<QString>("schedule");
    QTest::addColumn<bool>("everything");
    QTest::newRow("as it begins") << QStringLiteral("adam") << QStringLiteral("constant") << false;
    QTest::newRow("all open") << QStringLiteral("rmsprop") << QStringLiteral("one-cycle") << true;
    QTest::newRow("all open, other fields") << QStringLiteral("sgd") << QStringLiteral("plateau") << true;
}

void TestTrainingForm::tabPassesThroughTheFormAsItIsSeen()
{
    QFETCH(QString, optimizer);
    QFETCH(QString, schedule);
    QFETCH(bool, everything);
    m_fixture->choose("optimizer", qPrintable(optimizer));
    m_fixture->choose("schedule", qPrintable(schedule));
    if (everything) {
        m_fixture->click("vary");
        openAll();
        m_fixture->choose("normalization", "own");
    }
    form()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(form()));
    const QWidgetList stops = test::stopsAsSeen(form());
    QVERIFY(stops.size() > (everything ? 60 : 25));
    stops.first()->setFocus(Qt::TabFocusReason);
    const auto isAt = [&stops](qsizetype stop) {
        const QWidget* now = QApplication::focusWidget();
        return now == stops[stop]
                   ? QByteArray()
                   : "at " + now->objectName().toUtf8() + " instead of " + stops[stop]->objectName().toUtf8();
    };
    for (qsizetype i = 1; i <= stops.size(); ++i) { // Once round.
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(isAt(i % stops.size()), QByteArray());
    }
    for (qsizetype i = stops.size() - 1; i >= 0; --i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab, Qt::ShiftModifier);
        QCOMPARE(isAt(i), QByteArray());
    }
}

/// In the width that the form asks for, whatever is chosen and however the sections were when it asked.
void TestTrainingForm::noTitleIsCutOff()
{
    const auto sections = form()->findChildren<Disclosure*>();
    for (Disclosure* section : sections) {
        section->setOpen(false);
    }
    QCoreApplication::processEvents();
    form()->resize(form()->sizeHint().width(), form()->height());
    openAll();
    QCoreApplication::processEvents();
    const auto combos = form()->findChildren<QComboBox*>();
    for (const QComboBox* combo : combos) {
        QStyleOptionComboBox option;
        option.initFrom(combo);
        const QRect room =
            combo->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, combo);
        for (int i = 0; i < combo->count() && combo->isVisible(); ++i) {
            const int wanted = combo->fontMetrics().horizontalAdvance(combo->itemText(i));
            QVERIFY2(wanted + 2 <= room.width(), qPrintable(combo->itemText(i)));
        }
    }
}

void TestTrainingForm::mnemonicsAreUnique()
{
    QStringList keys;
    const auto add = [&keys](const QString& text) {
        if (const auto key = QKeySequence::mnemonic(text); !key.isEmpty()) {
            keys += key.toString();
        }
    };
    for (const QLabel* label : form()->findChildren<QLabel*>()) {
        if (label->buddy() != nullptr) {
            add(label->text());
        }
    }
    for (const QAbstractButton* button : form()->findChildren<QAbstractButton*>()) {
        add(button->text());
    }
    QVERIFY(keys.size() > 10);
    QCOMPARE(keys.removeDuplicates(), 0);
}

void TestTrainingForm::fitsANarrowColumn()
{
    openAll();
    for (const Preset& preset : presets()) {
        form()->setRunOptions(withPreset(preset, form()->runOptions()));
        QCoreApplication::processEvents();
        QVERIFY2(form()->minimumSizeHint().width() <= 320,
                 qPrintable(QString::number(form()->minimumSizeHint().width())));
    }
}

void TestTrainingForm::wheelWithoutFocusChangesNothing()
{
    auto* epochs = m_fixture->child<QSpinBox>("epochs");
    m_fixture->child<SeedField>("seed")->setFocus();
    const QPointF at = epochs->rect().center();
    const auto turn = [&] {
        QWheelEvent event(at, epochs->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(epochs, &event);
    };
    turn();
    QCOMPARE(epochs->value(), 10);
    epochs->setFocus();
    turn();
    QCOMPARE(epochs->value(), 11);
}

void TestTrainingForm::wordsStayReadableWhenThePaletteChanges()
{
    m_fixture->type("learningRate", QStringLiteral("0"));
    const auto labels = {m_fixture->child<QLabel>("networkSize"),
                         m_fixture->fieldOf("learningRate")->findChild<QLabel*>()};
    for (const QColor& window : {QColor(0x2b, 0x2b, 0x2e), QColor(0xef, 0xef, 0xef)}) {
        QApplication::setPalette(QPalette(window));
        QCoreApplication::processEvents();
        for (const QLabel* label : labels) {
            const QColor text = label->palette().color(QPalette::WindowText);
            QVERIFY2(contrast(text, window) >= 4.5, qPrintable(text.name() + window.name()));
        }
    }
}

/// A figure for people: what one change of a field costs. The tests' own machine decides nothing.
void TestTrainingForm::changesAreCheap()
{
    auto* epochs = m_fixture->child<QSpinBox>("epochs");
    auto* widths = m_fixture->child<QLineEdit>("hiddenWidths");
    QSignalSpy changed(form(), &TrainingForm::changed);
    QElapsedTimer timer;
    timer.start();
    constexpr int changes = 50;
    for (int i = 0; i < changes; ++i) {
        epochs->setValue(100 + i);
        widths->setText(QString::number(50 + i));
    }
    qInfo("%.2f ms a change", static_cast<double>(timer.nsecsElapsed()) / 1e6 / (2 * changes));
    QCOMPARE(changed.size(), 2 * changes);
    // Not with every key.
    QVERIFY(!QSettings().value(QStringLiteral("training/options")).toString().contains(u"149"));
    QTRY_VERIFY(QSettings().value(QStringLiteral("training/options")).toString().contains(u"149"));
}

QTEST_MAIN(TestTrainingForm)
#include "tst_trainingform.moc"
