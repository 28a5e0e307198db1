// What the Evaluation tab is made of, and who tells whom; what it does is in evaluationtab.cpp and
// evaluationtabactions.cpp.
#include "ui/data/collectioneditor.h"
#include "ui/data/sourcebar.h"
#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/confidencepage.h"
#include "ui/evaluation/confusionview.h"
#include "ui/evaluation/evaluationtab.h"
#include "ui/evaluation/figurespage.h"
#include "ui/evaluation/modelchooser.h"
#include "ui/evaluation/readingspage.h"
#include "ui/evaluation/robustnesspage.h"
#include "ui/training/formfield.h"
#include "ui/widgets/floatingmessage.h"
#include "ui/widgets/statepage.h"
#include "ui/widgets/taborder.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace digitpad {

QWidget* EvaluationTab::makeChoices()
{
    auto* choices = new QWidget(this);
    auto* modelTitle = new QLabel(tr("Model"), choices);
    auto* dataTitle = new QLabel(tr("Data"), choices);
    m_evaluate = new QPushButton(tr("Evaluate"), choices);
    m_evaluate->setObjectName(QStringLiteral("evaluate"));
    m_evaluate->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_evaluate->setToolTip(tr("Reads all images with the model and counts what comes of it (Ctrl+Return)"));
    m_withNonDigits = new QCheckBox(tr("With non-di&gits"), choices);
    m_withNonDigits->setObjectName(QStringLiteral("withNonDigits"));
    m_withNonDigits->setToolTip(
        tr("Evaluates on synthetic letters and scribbles as well, which a model should "
           "turn away: how well it tells digits from the rest"));
    auto* grid = new QGridLayout(choices);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(modelTitle, 0, 0);
    auto* model = new QHBoxLayout;
    model->addWidget(m_chooser);
    model->addStretch(1);
    model->addWidget(m_withNonDigits);
    grid->addLayout(model, 0, 1, 1, 2);
    grid->addWidget(dataTitle, 1, 0);
    grid->addWidget(m_bar, 1, 1, Qt::AlignLeft);
    grid->addWidget(m_evaluate, 1, 2, Qt::AlignBottom);
    return choices;
}

QWidget* EvaluationTab::makeSwitches()
{
    m_switches = new QWidget(this);
    m_views = new QButtonGroup(m_switches);
    auto* layout = new QHBoxLayout(m_switches);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    const auto add = [&](Page page, const char* name, const QString& text, const QString& tip) {
        auto* button = new QToolButton(m_switches);
        button->setObjectName(QLatin1String(name));
        button->setText(text);
        button->setToolTip(tip);
        button->setCheckable(true);
        m_views->addButton(button, page);
        layout->addWidget(button);
    };
    add(Figures, "showFigures", tr("Fig&ures"), tr("Accuracy, loss, and how well each digit is read"));
    add(Confusion, "showConfusion", tr("&Confusion"), tr("Which digit is read as which"));
    add(Images, "showImages", tr("Im&ages"), tr("The misread images, and all others"));
    add(Confidence, "showConfidence", tr("Co&nfidence"),
        tr("Whether confidence means what it says, and what a threshold would turn away"));
    add(Robustness, "showRobustness", tr("&Robustness"),
        tr("How accuracy falls when images are moved, scaled, turned, thickened or noisy"));
    add(Compare, "showCompare", tr("Co&mpare"), tr("Models beside each other, on the same images"));
    m_results = new QComboBox(m_switches);
    m_results->setObjectName(QStringLiteral("results"));
    m_results->setAccessibleName(tr("Evaluation that is shown"));
    m_results->setToolTip(tr("The evaluations of this session"));
    m_results->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_results->setMinimumContentsLength(20);
    m_reportButton = new QToolButton(m_switches);
    m_reportButton->setObjectName(QStringLiteral("report"));
    m_reportButton->setText(tr("Re&port"));
    m_reportButton->setToolTip(tr("Writes what is shown into a file"));
    m_reportButton->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_reportButton);
    menu->setObjectName(QStringLiteral("reportMenu"));
    for (const auto& [ending, text] :
         {std::pair("html", tr("&Web Page (HTML)…")), std::pair("pdf", tr("&Pages to Print (PDF)…")),
          std::pair("csv", tr("&Table of the Figures (CSV)…")),
          std::pair("json", tr("Figures for &Programs (JSON)…"))}) {
        const QString suffix = QLatin1String(ending);
        menu->addAction(text, this, [this, suffix] { chooseReport(suffix); })
            ->setObjectName(QStringLiteral("report-") + suffix);
    }
    m_reportButton->setMenu(menu);
    layout->addStretch(1);
    layout->addWidget(m_results);
    layout->addSpacing(6);
    layout->addWidget(m_reportButton);
    m_switches->hide();
    return m_switches;
}

void EvaluationTab::makeStates()
{
    const auto button = [this](const char* name, const QString& text, const QString& tip) {
        auto* made = new QPushButton(text, this);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(tip);
        return made;
    };
    m_states = new QStackedWidget(m_pages);
    m_start =
        new StatePage(QStringLiteral("evaluationStart"), tr("How good is a model, and where does it fail?"),
                      tr("Choose a model and images that it has not learned from, then press Evaluate. Files "
                         "of both can be dropped here, too."),
                      {}, {});
    auto* download = button("evaluationDownload", tr("Go to the Data Tab"), tr("MNIST is downloaded there"));
    m_mnist = new StatePage(QStringLiteral("evaluationMnist"), tr("MNIST is not on this computer yet"),
                            tr("Download it on the Data tab, or choose other data above."), {}, {download});
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(QStringLiteral("evaluationProgress"));
    m_progress->setTextVisible(false);
    auto* cancel =
        button("cancelEvaluation", tr("Cancel"), tr("Ends it; what was shown before comes back (Esc)"));
    m_loading = new StatePage(QStringLiteral("evaluationLoading"), {}, {}, {m_progress}, {cancel});
    auto* again = button("evaluationAgain", tr("Try Again"), tr("Evaluates once more"));
    m_failed =
        new StatePage(QStringLiteral("evaluationFailed"), tr("The evaluation failed"), {}, {}, {again});
    for (StatePage* page : {m_start, m_mnist, m_loading, m_failed}) {
        m_states->addWidget(page);
    }
    connect(download, &QPushButton::clicked, this, &EvaluationTab::downloadRequested);
    connect(cancel, &QPushButton::clicked, m_evaluator, &Evaluator::cancel);
    connect(again, &QPushButton::clicked, this, &EvaluationTab::evaluate);
}

QWidget* EvaluationTab::makeConfusionPage()
{
    auto* page = new QWidget(m_pages);
    page->setObjectName(QStringLiteral("confusionPage"));
    m_confusion = new ConfusionView(page);
    auto* counts = new QToolButton(page);
    auto* perCent = new QToolButton(page);
    counts->setText(tr("Counts"));
    perCent->setText(tr("Per Cent"));
    counts->setObjectName(QStringLiteral("confusionCounts"));
    perCent->setObjectName(QStringLiteral("confusionPerCent"));
    counts->setToolTip(tr("How many images"));
    perCent->setToolTip(tr("What part of the digit's images, in per cent"));
    auto* group = new QButtonGroup(page);
    for (QToolButton* button : {counts, perCent}) {
        button->setCheckable(true);
        group->addButton(button);
    }
    counts->setChecked(true);
    connect(perCent, &QToolButton::toggled, m_confusion, &ConfusionView::setPerCent);
    auto* note = new NoteLabel(
        tr("A row is a digit, a column what it is read as. A click on a cell, or Return, shows its images."),
        page);
    note->setWordWrap(true);
    auto* frequentTitle = new QLabel(tr("Most frequent"), page);
    QFont bold = frequentTitle->font();
    bold.setBold(true);
    frequentTitle->setFont(bold);
    m_frequent = new QListWidget(page);
    m_frequent->setObjectName(QStringLiteral("frequentConfusions"));
    m_frequent->setAccessibleName(tr("Most frequent confusions"));
    m_frequent->setToolTip(tr("A double click, or Return, shows the images"));
    connect(m_frequent, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        const QPoint cell = item->data(Qt::UserRole).toPoint();
        Q_EMIT m_confusion->cellChosen(cell.x(), cell.y());
    });
    auto* head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(note, 1);
    head->addSpacing(8);
    head->addWidget(counts);
    head->addWidget(perCent);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* frequent = new QVBoxLayout;
    frequent->setSpacing(4);
    frequent->addWidget(frequentTitle);
    frequent->addWidget(m_frequent, 1);
    auto* body = new QHBoxLayout;
    body->setSpacing(20);
    body->addWidget(m_confusion, 5);
    body->addLayout(frequent, 2);
    layout->addLayout(head);
    layout->addLayout(body, 1);
    return page;
}

void EvaluationTab::layOut(EvaluationPages pages)
{
    m_pages = new QStackedWidget(this);
    makeStates();
    while (!pages.complete()) {
        pages.makeNext(m_pages);
    }
    m_figures = pages.figures();
    m_readings = pages.readings();
    m_confidence = pages.confidence();
    m_robustness = pages.robustness();
    m_comparison = pages.comparison();
    // In the order of Page.
    for (QWidget* page : std::initializer_list<QWidget*>{m_states, m_figures, makeConfusionPage(), m_readings,
                                                         m_confidence, m_robustness, m_comparison}) {
        m_pages->addWidget(page);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(10);
    layout->addWidget(makeChoices());
    layout->addWidget(makeSwitches());
    layout->addWidget(m_pages, 1);
    m_message->setMargins(14, 20);
    orderTabsAsSeen(this);
}

void EvaluationTab::connectParts()
{
    connect(m_evaluate, &QPushButton::clicked, this, &EvaluationTab::evaluate);
    connect(m_chooser, &ModelChooser::failed, this,
            [this](const QString& problem) { say(Tone::Error, problem); });
    connect(m_bar, &SourceBar::sourceChosen, this, &EvaluationTab::setSource);
    connect(m_evaluator, &Evaluator::progress, this, &EvaluationTab::onProgress);
    connect(m_evaluator, &Evaluator::evaluated, this, &EvaluationTab::onEvaluated);
    connect(m_evaluator, &Evaluator::failed, this, &EvaluationTab::onFailed);
    connect(m_evaluator, &Evaluator::cancelled, this, &EvaluationTab::onCancelled);
    connect(m_views, &QButtonGroup::idClicked, this, [this](int id) { showPage(static_cast<Page>(id)); });
    connect(m_results, &QComboBox::activated, this,
            [this](int place) { showEvaluation(static_cast<std::size_t>(place), false); });
}

void EvaluationTab::connectPages()
{
    connect(m_figures, &FiguresPage::digitChosen, this, [this](int digit) {
        m_readings->setFilter({ReadingItems::Kind::Misread, digit, -1});
        showPage(Images);
        m_readings->focusGallery();
    });
    connect(m_confusion, &ConfusionView::cellChosen, this, [this](int truth, int guess) {
        m_readings->setFilter({ReadingItems::Kind::Cell, truth, guess});
        showPage(Images);
        m_readings->focusGallery();
    });
    connect(m_readings, &ReadingsPage::padRequested, this, &EvaluationTab::toPad);
    connect(m_readings, &ReadingsPage::copyRequested, this, &EvaluationTab::copy);
    connect(m_readings, &ReadingsPage::relabelRequested, this,
            [this](int digit) { m_editor->relabel(m_readings->selectedImages(), digit); });
    connect(m_readings, &ReadingsPage::undoRequested, m_editor, &CollectionEditor::undo);
    connect(m_robustness, &RobustnessPage::measured, this, &EvaluationTab::onRobustness);
    connect(m_comparison, &ComparisonPage::padRequested, this, &EvaluationTab::toPad);
    connect(m_comparison, &ComparisonPage::removeRequested, this, &EvaluationTab::remove);
}

void EvaluationTab::connectEditor()
{
    connect(m_editor, &CollectionEditor::done, this, [this](const QString& what) {
        say(Tone::Success, what, tr("Undo"), [this] { m_editor->undo(); });
        if (m_editor->editsMine()) {
            evaluateAgain();
        }
    });
    connect(m_editor, &CollectionEditor::failed, this,
            [this](const QString& problem) { say(Tone::Error, problem); });
    connect(m_editor, &CollectionEditor::undoChanged, this, [this] {
        m_readings->setUndo(m_editor->undoText());
        if (m_editor->editsMine() && m_editor->undoText().isEmpty()) {
            evaluateAgain(); // It was undone.
        }
    });
    connect(m_editor, &CollectionEditor::fileChanged, this, &EvaluationTab::evaluateAgain);
}

} // namespace digitpad
