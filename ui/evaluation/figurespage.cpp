#include "ui/evaluation/figurespage.h"

#include "ui/data/datatext.h"
#include "ui/data/facts.h"
#include "ui/training/formfield.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/bold.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace digitpad {

namespace {

enum Column { Digit, Precision, Recall, F1, Support, Misread, Columns };
constexpr int meanRow = digitClasses;

QString part(const std::optional<double>& value)
{
    return value ? percentText(*value, 2) : QStringLiteral("–");
}

} // namespace

FiguresPage::FiguresPage(QWidget* parent)
    : QScrollArea(parent)
    , m_content(new QWidget)
{
    setObjectName(QStringLiteral("figuresPage"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(32);
    auto* left = new QVBoxLayout;
    left->addWidget(makeHead());
    left->addSpacing(10);
    left->addWidget(makeFacts());
    left->addStretch(1);
    columns->addLayout(left, 2);
    columns->addWidget(makeTable(), 3);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->addLayout(columns);
    layout->addStretch(1);
    setWidget(m_content);
}

QWidget* FiguresPage::makeHead()
{
    auto* head = new QWidget(m_content);
    m_accuracy = new QLabel(head);
    m_accuracy->setObjectName(QStringLiteral("figureAccuracy"));
    m_accuracy->setTextFormat(Qt::PlainText);
    m_accuracy->setTextInteractionFlags(Qt::TextSelectableByMouse);
    makeBold(m_accuracy, 2);
    m_interval = new NoteLabel({}, head);
    m_interval->setObjectName(QStringLiteral("figureInterval"));
    m_interval->setWordWrap(true);
    m_interval->setToolTip(tr("Other images of the same kind would give an accuracy in this range, with a "
                              "probability of 95 % (Wilson's interval)"));
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_accuracy);
    layout->addWidget(m_interval);
    return head;
}

QWidget* FiguresPage::makeFacts()
{
    auto* facts = new QWidget(m_content);
    auto* layout = new QFormLayout(facts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(16);
    layout->setVerticalSpacing(5);
    layout->setLabelAlignment(Qt::AlignLeft);
    m_model = addFact(layout, "figureModel", tr("Model"), {});
    m_data = addFact(layout, "figureData", tr("Data"), {});
    m_topTwo = addFact(layout, "figureTopTwo", tr("In the best two"),
                       tr("How often the digit is the first or the second guess"));
    m_loss = addFact(layout, "figureLoss", tr("Loss"),
                     tr("Mean cross-entropy, before the confidence is calibrated; less is better"));
    m_calibration = addFact(layout, "figureCalibration", tr("Calibration error"),
                            tr("How far confidence is from the part that is right, on average: of 100 "
                               "readings with 90 % confidence, 90 should be right"));
    m_turnedAway = addFact(layout, "figureTurnedAway", tr("Turned away"),
                           tr("Digits that the model says are none, at its own threshold"));
    m_others = addFact(layout, "figureOthers", tr("Let through"),
                       tr("Letters, symbols and scribbles that are taken for digits"));
    m_roc = addFact(layout, "figureRoc", tr("Told apart"),
                    tr("Area under the ROC curve: how often a digit looks more like a digit to the model "
                       "than something else does"));
    m_speed = addFact(layout, "figureSpeed", tr("Speed"), tr("Images read in a second, many at a time"));
    m_warnings = new QLabel(facts);
    m_warnings->setObjectName(QStringLiteral("evaluationWarnings"));
    m_warnings->setTextFormat(Qt::PlainText);
    m_warnings->setWordWrap(true);
    m_warnings->hide();
    layout->addRow(m_warnings);
    return facts;
}

QWidget* FiguresPage::makeTable()
{
    auto* section = new QWidget(m_content);
    auto* title = new QLabel(tr("Each digit"), section);
    makeBold(title);
    auto* note = new NoteLabel(tr("A double click, or Return, shows what was misread of a digit."), section);
    note->setWordWrap(true);
    m_table = new QTableWidget(digitClasses + 1, Columns, section);
    m_table->setObjectName(QStringLiteral("classTable"));
    m_table->setAccessibleName(tr("How well each digit is read"));
    m_table->setHorizontalHeaderLabels(
        {tr("Digit"), tr("Precision"), tr("Recall"), tr("F1"), tr("Images"), tr("Misread")});
    const QStringList tips{{},
                           tr("Of the guesses that say this digit, the part that is right"),
                           tr("Of the images of this digit, the part that is read"),
                           tr("The harmonic mean of precision and recall"),
                           tr("Images of this digit"),
                           tr("Images of this digit that are read as another")};
    for (int column = 0; column < Columns; ++column) {
        m_table->horizontalHeaderItem(column)->setToolTip(tips[column]);
    }
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            (digitClasses + 1) * m_table->verticalHeader()->defaultSectionSize() +
                            2 * m_table->frameWidth());
    connect(m_table, &QTableWidget::cellActivated, this, [this](int row) {
        if (row < digitClasses) {
            Q_EMIT digitChosen(row);
        }
    });
    auto* layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(title);
    layout->addWidget(note);
    layout->addWidget(m_table);
    layout->addStretch(1);
    return section;
}

void FiguresPage::setCell(int row, int column, const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setTextAlignment(column == Digit ? Qt::AlignCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (row == meanRow) {
        QFont font = m_table->font();
        font.setBold(true);
        item->setFont(font);
    }
    m_table->setItem(row, column, item);
}

void FiguresPage::fillTable(const EvaluationFigures& figures)
{
    for (int digit = 0; digit < digitClasses; ++digit) {
        const auto index = static_cast<std::size_t>(digit);
        const ClassFigures& one = figures.classes[index];
        const std::int64_t right = figures.confusion[index][index];
        setCell(digit, Digit, QString::number(digit));
        setCell(digit, Precision, part(one.precision));
        setCell(digit, Recall, part(one.recall));
        setCell(digit, F1, one.support + one.guesses > 0 ? percentText(one.f1, 2) : QStringLiteral("–"));
        setCell(digit, Support, countText(one.support));
        setCell(digit, Misread, countText(one.support - right));
    }
    setCell(meanRow, Digit, tr("Mean"));
    setCell(meanRow, Precision, percentText(figures.macro.precision, 2));
    setCell(meanRow, Recall, percentText(figures.macro.recall, 2));
    setCell(meanRow, F1, percentText(figures.macro.f1, 2));
    setCell(meanRow, Support, countText(figures.images));
    setCell(meanRow, Misread, countText(figures.images - figures.correct));
}

void FiguresPage::fillFacts(const EvaluationData& evaluation)
{
    const EvaluationFigures& figures = evaluation.figures;
    m_model->setText(tr("%1 (%2, %3 parameters)")
                         .arg(evaluation.model, QString::fromStdString(evaluation.info.network),
                              countText(evaluation.info.parameters)));
    m_data->setText(
        tr("%1, %2").arg(evaluation.data, imagesText(static_cast<qint64>(evaluation.set->size()))));
    m_topTwo->setText(percentText(figures.topTwoAccuracy, 2));
    m_loss->setText(lossText(figures.loss));
    const double after = figures.calibrated.expectedCalibrationError();
    const double before = figures.bare.expectedCalibrationError();
    m_calibration->setText(
        figures.temperature == 1
            ? percentText(after, 2)
            : tr("%1 (%2 without the temperature)").arg(percentText(after, 2), percentText(before, 2)));
    const std::int64_t away = figures.images - figures.accepted.digitsAccepted;
    const double all = figures.images > 0 ? static_cast<double>(figures.images) : 1;
    m_turnedAway->setText(
        tr("%1 (%2)").arg(countText(away), percentText(static_cast<double>(away) / all, 2)));
    m_others->setText(figures.noDigits > 0 ? tr("%1 of %2 that are no digits")
                                                 .arg(countText(figures.accepted.noDigitsAccepted),
                                                      countText(figures.noDigits))
                                           : tr("These data hold digits alone"));
    const double roc = figures.acceptance.areaUnderRoc();
    m_roc->setText(roc < 0 ? QStringLiteral("–") : numberLocale().toString(roc, 'f', 4));
    m_speed->setText(figures.seconds > 0 ? speedText(figures.imagesPerSecond()) : QStringLiteral("–"));
}

void FiguresPage::setEvaluation(const std::shared_ptr<const EvaluationData>& evaluation)
{
    m_content->setVisible(evaluation != nullptr);
    if (!evaluation) {
        return;
    }
    const EvaluationFigures& figures = evaluation->figures;
    m_accuracy->setText(figures.images > 0 ? tr("%1 right").arg(percentText(figures.accuracy, 2))
                                           : tr("No digits"));
    m_interval->setText(figures.images > 0 ? tr("%1 of %2 digits; 95 % interval %3 to %4")
                                                 .arg(countText(figures.correct), countText(figures.images),
                                                      percentText(figures.accuracyInterval.low, 2),
                                                      percentText(figures.accuracyInterval.high, 2))
                                           : tr("None of these images is labelled as a digit."));
    fillFacts(*evaluation);
    fillTable(figures);
}

void FiguresPage::setWarnings(const QStringList& warnings)
{
    m_warnings->setText(warnings.join(u'\n'));
    m_warnings->setVisible(!warnings.isEmpty());
}

} // namespace digitpad
