#pragma once

#include "core/learning/dataexplorer.h"

#include <QScrollArea>

class QLabel;
class QPushButton;

namespace digitpad {

class BarChart;
class ClassFigure;
class NoteLabel;

/// What can be said of the data before anything is learned from them: facts, counts, distributions, what an
/// average image of each class looks like, and what training would make of them.
class OverviewPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit OverviewPage(QWidget* parent = nullptr);

    void setData(const ExploredData& explored, bool test);
    void setSplit(const SplitPreview& split);
    /// While it is not known, or is not that of the newest options.
    void setSplitUnknown();

Q_SIGNALS:
    /// Images are to be shown: a label, or one of DataItems::Filter.
    void filterRequested(int filter);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeFacts();
    QWidget* makeSection(const QString& title, const QString& help, QWidget* content);
    QWidget* makeSplit();
    void setFacts(const ExploredData& explored, bool test);
    void setCharts(const DigitStatistics& statistics);
    void setWarnings(const QStringList& warnings);

    QWidget* m_content;
    QLabel* m_images = nullptr;
    QLabel* m_format = nullptr;
    QLabel* m_bytes = nullptr;
    QLabel* m_moments = nullptr;
    QLabel* m_ink = nullptr;
    QLabel* m_hands = nullptr;
    QLabel* m_handsTitle = nullptr;
    QPushButton* m_duplicates = nullptr;
    QPushButton* m_blank = nullptr;
    QLabel* m_warnings = nullptr;
    BarChart* m_classes;
    BarChart* m_values;
    BarChart* m_inks;
    ClassFigure* m_figure;
    QLabel* m_split = nullptr;
    std::vector<int> m_classLabels; ///< Of the class chart's bars.
};

} // namespace digitpad
